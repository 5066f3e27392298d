/** `face-studio reproduce`: the faces of a case's versions, made again from what they were made of, and compared with those that were kept. */

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { CaseArchive } from '../cases/caseArchive'
import { caseState, type Version } from '../cases/caseState'
import { type Reproduction, reproductionOf } from '../cases/reproduction'
import { readRequest } from '../cases/requestFile'
import { chooseBackend } from '../inference/backends'
import { loadManifest, loadModel, locate } from '../inference/loadModel'
import { madeBy } from '../inference/madeBy'
import { openFaceSession } from '../inference/openSession'
import type { InferenceSession } from '../inference/session'
import { StudioError, toErrorReport } from '../shared/errors'
import { madeByStudio, withPngText } from '../shared/pngText'
import { sha256Hex } from '../shared/sha256'
import type { Backend } from '../workers/protocol'
import type { ReproduceCommand } from './caseCommands'
import { type Environment, readCaseInput } from './caseInput'
import { decodePng } from './decodePng'
import { InputError, writeWhole } from './files'
import { nodeBackends, readFrom } from './platform'
import { writeFace } from './sketchPng'
import { EXIT, type Terminal } from './terminal'
import { UsageError } from './usageError'

interface Options extends Omit<ReproduceCommand, 'models'> {
  readonly models: string
}

/** What became of one version. */
export type Outcome =
  | (Reproduction & { readonly backend: Backend; readonly kept: string })
  | { readonly result: 'otherModel' | 'unreadable'; readonly why: string }
  | { readonly result: 'noFace' }

export async function reproduce(options: Options, environment: Environment, terminal: Terminal): Promise<number> {
  const archive = await archiveOf(options.file, environment, terminal)
  if (typeof archive === 'number') return archive
  const versions = chosen(caseState(archive.entries).versions, options.version)
  if (options.outputFolder) await mkdir(options.outputFolder, { recursive: true })
  const models = new ModelInUse(options.models)
  let made = 0
  let failed = 0
  try {
    for (const version of versions) {
      const { outcome, pixels, sizePx } = await again(version, archive, models, options.backend)
      if (outcome.result === 'same' || outcome.result === 'within') made++
      else if (outcome.result !== 'noFace') failed++
      const file = pixels && options.outputFolder ? await keep(version, pixels, sizePx, options.outputFolder) : null
      await tell(version, outcome, file, options.json, terminal)
    }
  } finally {
    models.dispose()
  }
  if (made + failed === 0) terminal.complain(`${options.file}: no version has a face`)
  return failed === 0 && made > 0 ? EXIT.ok : EXIT.failed
}

async function archiveOf(file: string, environment: Environment, terminal: Terminal): Promise<CaseArchive | number> {
  try {
    const { archive } = await readCaseInput(file, environment, terminal)
    if (archive) return archive
    throw new StudioError('bad-project', 'this is a log alone; what faces were made of is in the whole case (.facecase), so export that')
  } catch (error) {
    const isExpected = error instanceof StudioError || error instanceof InputError
    if (!isExpected) throw error
    terminal.complain(`${file}: ${error.message}`)
    return error instanceof InputError ? EXIT.noInput : EXIT.failed
  }
}

function chosen(versions: readonly Version[], asked: string | null): readonly Version[] {
  if (asked === null) return versions
  const found = versions.filter(({ version, name }) => version === asked || name === asked)
  if (found.length > 0) return found
  throw new UsageError(
    `there is no version "${asked}"; there is ${versions.map(({ name, version }) => `${name} (${version})`).join(', ') || 'none'}`,
  )
}

interface Again {
  readonly outcome: Outcome
  readonly pixels: Uint8ClampedArray<ArrayBuffer> | null
  readonly sizePx: number
}

const nothing = (outcome: Outcome): Again => ({ outcome, pixels: null, sizePx: 0 })

async function again(version: Version, archive: CaseArchive, models: ModelInUse, asked: Backend | null): Promise<Again> {
  const { face, request: of, pixels: digest, model } = version
  if (!face) return nothing({ result: 'noFace' })
  if (!of || !digest || !model) return nothing({ result: 'unreadable', why: 'what it was made of was not kept' })
  try {
    const { request, sizePx } = readRequest(fileOf(archive, of))
    const kept = decodePng(fileOf(archive, face), sizePx)
    if (kept.width !== sizePx || kept.height !== sizePx || sha256Hex(new Uint8Array(kept.data)) !== digest)
      return nothing({ result: 'unreadable', why: 'the picture is not the one whose pixels the log names' })
    const problem = await models.differsFrom(model)
    if (problem) return nothing({ result: 'otherModel', why: problem })
    const session = await models.open(model.id, asked ?? (model.backend === 'cpu' ? 'cpu' : 'wasm'))
    const { pixels } = await session.generate(request)
    const { backend } = session
    return {
      outcome: {
        ...reproductionOf(new Uint8ClampedArray(kept.data), pixels, { kept: model.backend, made: backend }),
        backend,
        kept: model.backend,
      },
      pixels,
      sizePx,
    }
  } catch (error) {
    return nothing({ result: 'unreadable', why: toErrorReport(error).message })
  }
}

function fileOf({ files }: CaseArchive, digest: string): Uint8Array<ArrayBuffer> {
  const bytes = files.get(digest)
  if (!bytes) throw new StudioError('bad-project', 'a file of the case is missing')
  return bytes
}

/** One model on one back end at a time: versions of a case were mostly made by one. */
class ModelInUse {
  private readonly models: string
  private current: { readonly key: string; readonly session: InferenceSession } | null = null

  constructor(models: string) {
    this.models = models
  }

  /** Whether the installed model has other weights; `null` when it is the same, else in words. */
  async differsFrom({ id, weights }: NonNullable<Version['model']>): Promise<string | null> {
    const manifest = await this.manifestOf(id)
    if (!manifest) return `the model "${id.slice(0, 80)}" is not installed`
    const installed = madeBy({ manifest }, null).weights
    return installed.join() === weights.join() ? null : `the model "${id}" has changed since`
  }

  /** Rejects as loading and choosing do. */
  async open(id: string, backend: Backend): Promise<InferenceSession> {
    const key = `${backend} ${id}`
    if (this.current?.key === key) return this.current.session
    this.dispose()
    const model = await loadModel(readFrom(this.models), id)
    const { session } = await chooseBackend(nodeBackends(), model, { force: backend, exclude: [] }, openFaceSession)
    this.current = { key, session }
    return session
  }

  dispose(): void {
    this.current?.session.dispose()
    this.current = null
  }

  private async manifestOf(id: string) {
    try {
      const { readFile } = locate({ shipped: readFrom(this.models) }, { shipped: id })
      return await loadManifest(readFile, id)
    } catch (error) {
      if (error instanceof StudioError && error.code === 'model-not-found') return null
      throw error
    }
  }
}

async function keep({ version, model }: Version, pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number, folder: string): Promise<string> {
  // An id from a file is no name of a file.
  const file = path.join(folder, `${version.replace(/[^\w-]/g, '_').slice(0, 80)}.png`)
  const text = madeByStudio('a face of a case, made again', model && { model: model.id, weights: model.weights })
  await writeWhole(file, withPngText(writeFace(pixels, sizePx), text), [])
  return file
}

async function tell({ version, name }: Version, outcome: Outcome, file: string | null, json: boolean, terminal: Terminal): Promise<void> {
  if (json) terminal.line({ version, name, ...outcome, ...(file ? { file } : {}) })
  else await terminal.write(`${name || version}: ${inWords(outcome)}${file ? `; written to ${file}` : ''}\n`)
}

function inWords(outcome: Outcome): string {
  switch (outcome.result) {
    case 'noFace':
      return 'no face was kept with it'
    case 'otherModel':
    case 'unreadable':
      return `cannot be made again: ${outcome.why}`
    case 'same':
      return `same, bit by bit (${outcome.backend})`
    case 'within':
      return `same within ${outcome.most}/255 (kept on ${outcome.kept}, made again on ${outcome.backend})`
    case 'different':
      return `DIFFERENT, by up to ${outcome.most}/255 (kept on ${outcome.kept}, made again on ${outcome.backend})`
  }
}
