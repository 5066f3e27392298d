/**
 * Any file that a person chose, dropped or pasted → a sketch, or the sketches of a database file. The content decides what it is. Nothing is
 * changed here, and everything that is wrong ends in a `StudioError` whose sentence says what to do.
 */

import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../../editor/document'
import { storedTolerance } from '../../faces/toleranceChoice'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { isPlainObject } from '../documentVersions'
import { assignFaceParts } from './assign'
import { decodeInBrowser } from './decodeImage'
import { foreignTypeOf, type ImageKind, imageKindOf, readImageHeader } from './imageHeader'
import { readDatabase, readProject } from './project'
import { importSvg } from './svg/importSvg'
import { fitToFace as fitTracedFace } from './trace/faceFit'
import { DEFAULT_SETTINGS, type TraceSettings } from './trace/settings'
import { traceImage } from './trace/traceImage'
import {
  DATABASE_FORMAT,
  type ImportedDocument,
  type ImportFile,
  type ImportOptions,
  type ImportResult,
  LIMITS,
  PROJECT_FORMAT,
  type RgbaImage,
} from './types'

const ACCEPTED = 'PNG, JPEG, SVG, or a project or database file of Face Studio'

export const importFile: ImportFile = async (file, options = {}) => {
  const opened = await openFile(file, options)
  return opened.kind === 'picture' ? tracePicture(opened, DEFAULT_SETTINGS, options) : opened
}

/** A picture that has been decoded and not traced yet. */
export interface OpenedPicture {
  readonly kind: 'picture'
  readonly name: string
  readonly image: RgbaImage
}

/** The first half of an import: whatever it is, read and checked; pictures wait for their settings. */
export async function openFile(
  file: Blob & { readonly name?: string },
  options: ImportOptions = {},
): Promise<ImportResult | OpenedPicture> {
  const name = nameFrom(file.name)
  return guarded(async () => {
    const bytes = await readBytes(file)
    const kind = imageKindOf(bytes)
    if (kind) return { kind: 'picture', name, image: await readImage(file, bytes, kind, options) }
    const plain = isCompressed(bytes) ? await decompressed(bytes) : bytes
    const foreign = foreignTypeOf(plain)
    if (foreign) throw unknownType(`This is ${foreign}, which cannot be imported.`)
    const text = decodeText(plain)
    const first = text.trimStart().charAt(0)
    if (first === '<') return readSvg(text, name, options)
    if (first === '{' || first === '[') return readJson(text)
    throw unknownType('This file is neither a picture nor a sketch.')
  })
}

/** The second half for pictures: as often as a person changes the settings. */
export function tracePicture({ name, image }: OpenedPicture, settings: TraceSettings, options: ImportOptions = {}): ImportedDocument {
  const { assignParts = assignFaceParts, fitToFace = fitTracedFace, budget } = options
  const { strokes, leftOut, report } = traceImage(image, { settings, assignParts, fitToFace, ...(budget ? { budget } : {}) })
  return { kind: 'document', source: 'image', document: newDocument(name, [], strokes), look: {}, leftOut, picture: report }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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

const tooLarge = (bytes: number, limit: number = LIMITS.fileBytes): StudioError =>
  new StudioError(
    'file-too-large',
    `This file has ${megabytes(bytes)}; at most ${megabytes(limit)} can be imported. Make the drawing smaller or simpler.`,
  )

/** The name of the file without its type, as the name of the sketch. */
function nameFrom(fileName: string | undefined): string {
  return (fileName ?? '').replace(/\.[a-z\d]{1,5}$/iu, '').slice(0, LIMITS.nameLength)
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size === 0) throw unknownType('This file is empty.')
  const limit = file.size > LIMITS.fileBytes && (await isDatabaseFile(file)) ? LIMITS.databaseBytes : LIMITS.fileBytes
  if (file.size > limit) throw tooLarge(file.size, limit)
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

/** UTF-8, UTF-16 with a byte order mark or as XML writes it, or what an XML declaration names. */
function decodeText(bytes: Uint8Array): string {
  try {
    const encoding = encodingOf(bytes)
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Told below, as for any other file that is not text.
  }
  throw unknownType('This file is neither a picture nor readable text (UTF-8).')
}

function encodingOf(bytes: Uint8Array): string {
  const starts = (...values: readonly number[]): boolean => values.every((value, i) => bytes[i] === value)
  if (starts(0xff, 0xfe) || starts(0x3c, 0, 0x3f, 0)) return 'utf-16le'
  if (starts(0xfe, 0xff) || starts(0, 0x3c, 0, 0x3f)) return 'utf-16be'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^<\?xml\s[^>]{0,120}?encoding\s{0,9}=\s{0,9}["']([\w-]{2,30})["']/u.exec(head)?.[1]
  return declared ?? 'utf-8'
}

const isCompressed = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** A compressed drawing (SVGZ), as far as a file may be long; anything else stays what it is. */
async function decompressed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      length += value.length
      if (length > LIMITS.fileBytes) throw tooLarge(length)
    }
  } catch (error) {
    if (error instanceof StudioError) throw error
    return bytes
  } finally {
    void reader.cancel().catch(() => undefined)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return new TextDecoder('latin1').decode(whole.subarray(0, 200)).trimStart().startsWith('<') ? whole : bytes
}

async function readImage(file: Blob, bytes: Uint8Array, kind: ImageKind, options: ImportOptions): Promise<RgbaImage> {
  const header = readImageHeader(bytes, kind)
  const decode = options.decodeImage ?? decodeInBrowser
  // Decoders go by the type that a file claims, and that may be wrong.
  const typed = file.type === `image/${kind}` ? file : file.slice(0, file.size, `image/${kind}`)
  return await decode(typed, header).catch((cause: unknown) => {
    if (cause instanceof StudioError) throw cause
    throw new StudioError(
      'bad-image',
      'This picture cannot be decoded; it may be damaged. Open it in another program and save it again as PNG.',
      { cause },
    )
  })
}

function readSvg(text: string, fileName: string, options: ImportOptions): ImportResult {
  const { name, tags, strokes, taken, leftOut } = importSvg(text, options.assignParts ?? assignFaceParts, options.budget)
  return {
    kind: 'document',
    source: 'svg',
    document: { ...newDocument(name ?? fileName, tags, strokes), ...taken },
    look: {},
    leftOut: [...leftOut],
  }
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
