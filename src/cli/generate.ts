/** `face-studio generate`: sketches → faces, one after another on one loaded model. */

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Look } from '../faces/look'
import type { Tolerance } from '../faces/tolerance'
import { chooseBackend } from '../inference/backends'
import { loadIndex, loadModel } from '../inference/loadModel'
import { madeBy } from '../inference/madeBy'
import { openFaceSession } from '../inference/openSession'
import { type InferenceSession, PLAIN } from '../inference/session'
import { toErrorReport } from '../shared/errors'
import { madeByStudio, withPngText } from '../shared/pngText'
import { drawsFaces } from '../workers/protocol'
import type { GenerateOptions } from './arguments'
import { InputError, readWhole, writeWhole } from './files'
import { parseLook } from './lookOption'
import { placedSketch, placementInWords } from './placedSketch'
import { nodeBackends, readFrom } from './platform'
import { openSketch, writeFace } from './sketchPng'
import { EXIT, type Terminal } from './terminal'
import { parseTolerance } from './toleranceOption'
import { UsageError } from './usageError'

interface Options extends Omit<GenerateOptions, 'models'> {
  models: string
  outputFolder: string | null
}

export async function generate(options: Options, terminal: Terminal): Promise<number> {
  const session = await startSession(options)
  try {
    const { settings } = session
    const look = parseLook(options.look, settings.look.fields, settings.look.presets)
    const tolerance = parseTolerance(options.tolerance, settings.tolerance?.defaults ?? null)
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
  const drawing = index.models.filter(({ role }) => drawsFaces(role))
  if (!drawing.some((model) => model.id === id)) {
    throw new UsageError(`there is no model "${id}"; there is ${drawing.map((model) => model.id).join(', ')}`)
  }
  const { session } = await chooseBackend(nodeBackends(), await loadModel(files, id), { force: backend, exclude: [] }, openFaceSession)
  return session
}

/** One picture; a failure is reported and becomes an exit status, so that the next picture has its turn. */
async function serve(
  job: { sketch: string; face: string },
  conditions: { look: Look; tolerance: Tolerance | null },
  session: InferenceSession,
  { json, places, jobs }: Pick<Options, 'json' | 'places' | 'jobs'>,
  terminal: Terminal,
): Promise<number> {
  const { id, task } = session.model.manifest
  const inputs = jobs.map(({ sketch }) => sketch).filter((sketch) => sketch !== '-')
  try {
    const started = performance.now()
    const file = await readWhole(job.sketch === '-' ? terminal.stdin : job.sketch)
    const { leftOut } = openSketch(file)
    if (leftOut.length > 0) terminal.complain(`${job.sketch}: left out: ${leftOut.join(', ')}`)
    const { sketch, placement, warning } = placedSketch(file, task.sizePx, places)
    if (warning) terminal.complain(`${job.sketch}: ${warning}`)
    else if (placement) terminal.complain(`${job.sketch}: placed: ${placementInWords(placement)} (--no-placement leaves it)`)
    const { pixels } = await session.generate({ sketch, ...conditions, locality: PLAIN })
    const elapsedMs = Math.round(10 * (performance.now() - started)) / 10
    const sketchName = job.sketch === '-' ? {} : { sketch: path.basename(job.sketch) }
    const origin = { ...madeBy(session.model, conditions.look), ...sketchName }
    const png = withPngText(writeFace(pixels, task.sizePx), madeByStudio(`a face drawn from a sketch by the model ${id}`, origin))
    if (job.face === '-') await terminal.write(png)
    else await writeWhole(job.face, png, inputs)
    const about = { model: id, backend: session.backend, sizePx: task.sizePx, placement, warning, leftOut, elapsedMs }
    if (json) terminal.line({ sketch: job.sketch, file: job.face, ...about })
    return EXIT.ok
  } catch (error) {
    const report = toErrorReport(error)
    terminal.complain(`${job.sketch}: ${report.message}`)
    if (json) terminal.line({ sketch: job.sketch, error: report })
    return error instanceof InputError ? EXIT.noInput : EXIT.failed
  }
}
