/** Project files (one sketch) and database files (all of them): JSON out, and parsed JSON back in. */

import type { Stroke } from '../../editor/document'
import { readToleranceChoice, storedTolerance } from '../../faces/toleranceChoice'
import { StudioError } from '../../shared/errors'
import { isPlainObject, type PlainObject } from '../documentVersions'
import type { SketchLibrary } from '../types'
import { readDocument, readLook } from './readDocument'
import { DATABASE_FORMAT, EXCHANGE_VERSION, type ImportProblem, LIMITS, PROJECT_FORMAT, type Project } from './types'

/** A project file: one sketch with its look and tolerance. */
export function exportProject({ document, look, tolerance, createdAt, updatedAt }: Project): string {
  return JSON.stringify({ format: PROJECT_FORMAT, version: EXCHANGE_VERSION, createdAt, updatedAt, look, tolerance, document }, null, 1)
}

/** @throws StudioError `bad-project` or `too-many-points` */
export function readProject(raw: PlainObject): Project {
  checkVersion(raw)
  return readEntry(raw)
}

/**
 * The strokes of a project as text, such as those on a clipboard.
 * @throws StudioError `bad-project`, `file-too-large` or `too-many-points`
 */
export function readStrokes(text: string): readonly Stroke[] {
  if (text.length > LIMITS.fileBytes) throw new StudioError('file-too-large', 'There are too many strokes. Take fewer at a time.')
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new StudioError('bad-project', 'These strokes are damaged. Copy them again.', { cause })
  }
  if (!isPlainObject(raw) || raw.format !== PROJECT_FORMAT)
    throw new StudioError('bad-project', 'These are no strokes of Face Studio. Copy them again.')
  return readProject(raw).document.strokes
}

function readEntry(raw: unknown): Project {
  if (!isPlainObject(raw))
    throw new StudioError('bad-project', 'This is not a sketch. Nothing was imported; export it again from Face Studio.')
  const times = { ...readTime('createdAt', raw), ...readTime('updatedAt', raw) }
  return {
    document: readDocument(raw.document),
    look: readLook(raw.look),
    ...storedTolerance(readToleranceChoice(raw.tolerance)),
    ...times,
  }
}

/** A moment after 1970 that a `Date` can hold. */
function readTime<K extends 'createdAt' | 'updatedAt'>(key: K, raw: PlainObject): { [P in K]?: number } {
  const value = raw[key]
  return typeof value === 'number' && value >= 0 && value <= 8.64e15 ? ({ [key]: value } as { [P in K]: number }) : {}
}

function checkVersion({ version }: PlainObject): void {
  if (version === EXCHANGE_VERSION) return
  const isNewer = typeof version === 'number' && version > EXCHANGE_VERSION
  throw new StudioError(
    'bad-project',
    isNewer
      ? `This file was made by a newer Face Studio (file version ${version}; this one reads ${EXCHANGE_VERSION}). Update Face Studio, then import it again.`
      : 'This file has no version that Face Studio knows. It may be damaged: export it again.',
  )
}

/**
 * Every sketch that is not deleted, as one JSON file with a sketch a line. Thumbnails are left out: they can be made again.
 * @param onProgress sketches done and their number
 */
export async function exportDatabase(
  library: SketchLibrary,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Blob> {
  const { items } = await library.list({ limit: Number.MAX_SAFE_INTEGER })
  const chunks: string[] = []
  for (const [i, { id, createdAt, updatedAt }] of items.entries()) {
    const sketch = await library.read(id)
    if (sketch) chunks.push(JSON.stringify({ createdAt, updatedAt, ...sketch }))
    onProgress(i + 1, items.length)
  }
  const head = `{"format":"${DATABASE_FORMAT}","version":${EXCHANGE_VERSION},"sketches":[\n`
  return new Blob([head, chunks.join(',\n'), '\n]}\n'], { type: 'application/json' })
}

/**
 * Every sketch of a database file that can be read, and what is wrong with the others.
 * @throws StudioError `bad-project` when none can
 */
export function readDatabase(raw: PlainObject): { projects: Project[]; problems: ImportProblem[] } {
  checkVersion(raw)
  if (!Array.isArray(raw.sketches) || raw.sketches.length === 0) {
    throw new StudioError('bad-project', 'This database file holds no sketches. Nothing was imported; export the database again.')
  }
  if (raw.sketches.length > LIMITS.sketches) {
    throw new StudioError(
      'file-too-large',
      `This database file holds more than ${LIMITS.sketches.toLocaleString('en')} sketches. Import them as separate projects.`,
    )
  }
  const projects: Project[] = []
  const problems: ImportProblem[] = []
  for (const [i, entry] of raw.sketches.entries()) {
    try {
      projects.push(readEntry(entry))
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      problems.push({ place: i + 1, name: nameOf(entry), message: error.message })
    }
  }
  const [first] = problems
  if (projects.length === 0 && first)
    throw new StudioError('bad-project', `No sketch of this database file can be read. The first, “${first.name}”: ${first.message}`)
  return { projects, problems }
}

function nameOf(entry: unknown): string {
  const document = isPlainObject(entry) ? entry.document : null
  const name = isPlainObject(document) ? document.name : null
  return typeof name === 'string' && name !== '' ? name.slice(0, LIMITS.nameLength) : 'without a name'
}
