/**
 * Any file that a person chose, dropped or pasted → a sketch, or the sketches of a database file. The content decides what it is. Nothing is
 * changed here, and everything that is wrong ends in a `StudioError` whose sentence says what to do.
 */

import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../../editor/document'
import { storedTolerance } from '../../faces/toleranceChoice'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { isPlainObject } from '../documentVersions'
import { decodeInBrowser } from './decodeImage'
import { foreignTypeOf, type ImageKind, imageKindOf, readImageHeader } from './imageHeader'
import { readDatabase, readProject } from './project'
import { importSvg } from './svgImport'
import { traceImage } from './trace/traceImage'
import { DATABASE_FORMAT, type ImportFile, type ImportOptions, type ImportResult, LIMITS, PROJECT_FORMAT } from './types'

const ACCEPTED = 'PNG, JPEG, SVG, or a project or database file of Face Studio'

export const importFile: ImportFile = async (file, options = {}) => {
  const name = nameFrom(file.name)
  try {
    const bytes = await readBytes(file)
    const kind = imageKindOf(bytes)
    if (kind) return await readImage(file, bytes, kind, name, options)
    const foreign = foreignTypeOf(bytes)
    if (foreign) throw unknownType(`This is ${foreign}, which cannot be imported.`)
    const text = decodeText(bytes)
    const first = text.trimStart().charAt(0)
    if (first === '<') return readSvg(text, name, options)
    if (first === '{' || first === '[') return readJson(text)
    throw unknownType('This file is neither a picture nor a sketch.')
  } catch (error) {
    if (error instanceof StudioError) throw error
    throw new StudioError(
      'internal',
      'This file could not be imported, and nothing was changed. Try to save it again as PNG, then import that.',
      { cause: error },
    )
  }
}

const unknownType = (what: string): StudioError => new StudioError('unknown-file-type', `${what} Choose ${ACCEPTED}.`)

const megabytes = (bytes: number): string => `${Math.round(bytes / (1024 * 1024))} MB`

/** The name of the file without its type, as the name of the sketch. */
function nameFrom(fileName: string | undefined): string {
  return (fileName ?? '').replace(/\.[a-z\d]{1,5}$/iu, '').slice(0, LIMITS.nameLength)
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size === 0) throw unknownType('This file is empty.')
  const limit = file.size > LIMITS.fileBytes && (await isDatabaseFile(file)) ? LIMITS.databaseBytes : LIMITS.fileBytes
  if (file.size > limit) {
    throw new StudioError(
      'file-too-large',
      `This file has ${megabytes(file.size)}; at most ${megabytes(limit)} can be imported. Make the drawing smaller or simpler.`,
    )
  }
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (cause) {
    throw unknownType(`This file cannot be read${cause instanceof Error ? ` (${cause.message})` : ''}. It may have been moved or changed.`)
  }
}

/** Only our own database files may be large, and those say what they are at once. */
async function isDatabaseFile(file: Blob): Promise<boolean> {
  const head = new TextDecoder().decode(await file.slice(0, 256).arrayBuffer())
  return head.includes(`"${DATABASE_FORMAT}"`)
}

/** UTF-8, or UTF-16 with a byte order mark. */
function decodeText(bytes: Uint8Array): string {
  const mark = (first: number, second: number): boolean => bytes[0] === first && bytes[1] === second
  const encoding = mark(0xff, 0xfe) ? 'utf-16le' : mark(0xfe, 0xff) ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Told below, as for any other file that is not text.
  }
  throw unknownType('This file is neither a picture nor readable text (UTF-8).')
}

async function readImage(file: Blob, bytes: Uint8Array, kind: ImageKind, name: string, options: ImportOptions): Promise<ImportResult> {
  const header = readImageHeader(bytes, kind)
  const decode = options.decodeImage ?? decodeInBrowser
  // Decoders go by the type that a file claims, and that may be wrong.
  const typed = file.type === `image/${kind}` ? file : file.slice(0, file.size, `image/${kind}`)
  const image = await decode(typed, header).catch((cause: unknown) => {
    if (cause instanceof StudioError) throw cause
    throw new StudioError(
      'bad-image',
      'This picture cannot be decoded; it may be damaged. Open it in another program and save it again as PNG.',
      { cause },
    )
  })
  return { kind: 'document', source: 'image', document: newDocument(name, [], traceImage(image, options.assignPart)), look: {} }
}

function readSvg(text: string, fileName: string, options: ImportOptions): ImportResult {
  const { name, tags, strokes } = importSvg(text, options.assignPart)
  return { kind: 'document', source: 'svg', document: newDocument(name ?? fileName, tags, strokes), look: {} }
}

function newDocument(name: string, tags: readonly string[], strokes: readonly Stroke[]): SketchDocument {
  return { version: DOCUMENT_VERSION, id: newId(), name, tags, strokes }
}

function readJson(text: string): ImportResult {
  const raw = parseJson(text)
  const format = isPlainObject(raw) ? raw.format : null
  if (isPlainObject(raw) && format === PROJECT_FORMAT) {
    const { document, look, tolerance = {} } = readProject(raw)
    return { kind: 'document', source: 'project', document: { ...document, id: newId() }, look, ...storedTolerance(tolerance) }
  }
  if (isPlainObject(raw) && format === DATABASE_FORMAT) return { kind: 'database', ...readDatabase(raw) }
  throw new StudioError('bad-project', `This JSON file was not made by Face Studio. Choose ${ACCEPTED}.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StudioError(
      'bad-project',
      'This JSON file is damaged or cut off. Nothing was imported; export it again, or choose another copy.',
      { cause },
    )
  }
}
