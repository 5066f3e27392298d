/** `face-studio generate`: sketches → faces, one after another on one loaded model. */

import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Look } from '../faces/look'
import type { Tolerance } from '../faces/tolerance'
import { chooseBackend } from '../inference/backends'
import { loadIndex, loadModel } from '../inference/loadModel'
import { type InferenceSession, PLAIN } from '../inference/session'
import { StudioError, toErrorReport } from '../shared/errors'
import type { GenerateOptions } from './arguments'
import { parseLook } from './lookOption'
import { placedSketch, placementInWords } from './placedSketch'
import { nodeBackends, readFrom } from './platform'
import { writeFace } from './sketchPng'
import { EXIT, type Terminal } from './terminal'
import { parseTolerance } from './toleranceOption'
import { UsageError } from './usageError'

/** A sketch that cannot be opened, apart from one that cannot be used. */
class InputError extends Error {}

interface Options extends Omit<GenerateOptions, 'models'> {
  models: string
  outputFolder: string | null
}

export async function generate(options: Options, terminal: Terminal): Promise<number> {
  const session = await startSession(options)
  try {
    const { task } = session.model.manifest
    const look = parseLook(options.look, task.look.fields, task.look.presets)
    const tolerance = parseTolerance(options.tolerance, task.tolerance?.defaults ?? null)
    if (options.outputFolder) await mkdir(options.outputFolder, { recursive: true })
    let status: number = EXIT.ok
    for (const job of options.jobs) {
      const failure = await serve(job, { look, tolerance }, session, options, terminal)
      if (status === EXIT.ok) status = failure
    }
    return status
  } finally {
    session.dispose()
  }
}

async function startSession({ models, modelId, backend }: Options): Promise<InferenceSession> {
  const files = readFrom(models)
  const index = await loadIndex(files)
  const id = modelId ?? index.defaultId
  if (!index.models.some((model) => model.id === id)) {
    throw new UsageError(`there is no model "${id}"; there is ${index.models.map((model) => model.id).join(', ')}`)
  }
  const { session } = await chooseBackend(nodeBackends(), await loadModel(files, id), { force: backend, exclude: [] })
  return session
}

/** One picture; a failure is reported and becomes an exit status, so that the next picture has its turn. */
async function serve(
  job: { sketch: string; face: string },
  conditions: { look: Look; tolerance: Tolerance | null },
  session: InferenceSession,
  { json, places }: Pick<Options, 'json' | 'places'>,
  terminal: Terminal,
): Promise<number> {
  const { id, task } = session.model.manifest
  try {
    const started = performance.now()
    const { sketch, placement, warning } = placedSketch(await readInput(job.sketch, terminal), task.sizePx, places)
    if (warning) terminal.complain(`${job.sketch}: ${warning}`)
    else if (placement) terminal.complain(`${job.sketch}: placed: ${placementInWords(placement)} (--no-placement leaves it)`)
    const { pixels } = await session.generate({ sketch, ...conditions, locality: PLAIN })
    const elapsedMs = Math.round(10 * (performance.now() - started)) / 10
    await writeOutput(job, writeFace(pixels, task.sizePx), terminal)
    const about = { model: id, backend: session.backend, sizePx: task.sizePx, placement, warning, elapsedMs }
    if (json) terminal.line({ sketch: job.sketch, file: job.face, ...about })
    return EXIT.ok
  } catch (error) {
    const report = toErrorReport(error)
    terminal.complain(`${job.sketch}: ${report.message}`)
    if (json) terminal.line({ sketch: job.sketch, error: report })
    return error instanceof InputError ? EXIT.noInput : EXIT.failed
  }
}

async function readInput(file: string, terminal: Terminal): Promise<Uint8Array> {
  if (file === '-') return new Uint8Array(await buffer(terminal.stdin))
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    throw new InputError(systemReason(error))
  }
}

async function writeOutput({ sketch, face }: { sketch: string; face: string }, png: Uint8Array, terminal: Terminal): Promise<void> {
  if (face === '-') {
    await terminal.write(png)
    return
  }
  if (await sameFile(sketch, face)) throw new StudioError('bad-request', `the face would overwrite the sketch (${face})`)
  try {
    await writeFile(face, png)
  } catch (error) {
    throw new StudioError('bad-request', `${face} cannot be written: ${systemReason(error)}`, { cause: error })
  }
}

async function sameFile(a: string, b: string): Promise<boolean> {
  try {
    return (await realpath(a)) === (await realpath(b))
  } catch {
    return false // One of them does not exist.
  }
}

/** What the operating system says, in words. */
function systemReason(error: unknown): string {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'part of its path is no folder',
    ENOSPC: 'no space left',
    EROFS: 'the file system is read-only',
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}
