/**
 * A data set ↔ a zip: pictures in folders A and B, as any program can read them, region classes in `regions`, and `dataset.json` with names, points and what is held
 * out. Any other zip is a heap of files. What comes from outside is limited before it is unpacked and checked whole before anything is kept.
 */

import { strFromU8, strToU8, type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate'
import * as v from 'valibot'
import { LANDMARK_COUNT } from '../../faces/landmarks'
import { StudioError } from '../../shared/errors'
import { fileBase } from '../../shared/fileBase'
import { newId } from '../../shared/ids'
import type { DataSets, Thumbnails } from '../../storage/dataSets'
import { imageKindOf } from '../../storage/exchange/imageHeader'
import type { EncodedPicture } from '../../storage/photoTypes'
import type { DataSetItemRow } from '../../storage/trainingRows'
import type { OpenedArchive } from '../dataSetsProtocol'

export const ARCHIVE_LIMITS = { bytes: 768 * 2 ** 20, files: 20_000, fileBytes: 64 * 2 ** 20 } as const
const DESCRIPTION = 'dataset.json'
const FORMAT = 'face-studio-data-set'
const REGIONS_BYTES = 256 * 256

const description = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  name: v.pipe(v.string(), v.maxLength(200)),
  kind: v.picklist(['pairs', 'unpaired']),
  sideA: v.exactOptional(v.literal('sketch')),
  items: v.array(
    v.object({
      name: v.pipe(v.string(), v.maxLength(200)),
      heldOut: v.boolean(),
      a: v.nullable(v.string()),
      b: v.nullable(v.string()),
      landmarks: v.nullable(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(2 * LANDMARK_COUNT))),
      regions: v.nullable(v.string()),
    }),
  ),
})

const ENDINGS = { 'image/png': 'png', 'image/webp': 'webp', 'image/jpeg': 'jpg' } as const

/** Rejects with a `StudioError` where the set is not there (any more). */
export async function packSet(sets: DataSets, dataSetId: string): Promise<Blob> {
  const set = (await sets.list()).find(({ id }) => id === dataSetId)
  if (!set) throw new StudioError('bad-request', 'This data set is not in the database any more. Choose another one.')
  const files: Zippable = {}
  // Pictures are compressed already. Whole files, as fflate 0.8.3's stream writes some of them so that nobody can read them.
  const put = (path: string, bytes: Uint8Array, level: 0 | 6): string => {
    files[path] = [bytes, { level }]
    return path
  }
  const items = (await sets.items(dataSetId)).map(({ name, heldOut, a, b, landmarks, regions }, i) => {
    const stem = `${String(i + 1).padStart(4, '0')}-${fileBase(name, 'picture')}`
    const side = (folder: 'A' | 'B', picture: EncodedPicture | null) =>
      picture && put(`${folder}/${stem}.${ENDINGS[picture.mime]}`, picture.bytes, 0)
    return { name, heldOut, a: side('A', a), b: side('B', b), landmarks, regions: regions && put(`regions/${stem}.bin`, regions, 6) }
  })
  const about: v.InferOutput<typeof description> = {
    ...{ format: FORMAT, version: 1, name: set.name, kind: set.kind },
    ...(set.sideA && { sideA: set.sideA }),
    items: items.map(({ landmarks, ...item }) => ({ ...item, landmarks: landmarks && [...landmarks] })),
  }
  put(DESCRIPTION, strToU8(JSON.stringify(about)), 6)
  return new Blob([zipSync(files)], { type: 'application/zip' })
}

/**
 * @param freeBytes that may be written; `null` where that is not known
 * @param thumbnails small pictures of an item
 */
export async function openArchive(
  zip: Uint8Array,
  sets: Pick<DataSets, 'createWith'>,
  thumbnails: (item: Pick<DataSetItemRow, 'a' | 'b'>) => Promise<Thumbnails>,
  freeBytes: number | null,
): Promise<OpenedArchive> {
  const files = unzipped(zip)
  const place = Object.keys(files).find((path) => path === DESCRIPTION || path.endsWith(`/${DESCRIPTION}`))
  const about = place === undefined ? null : describedIn(files[place] as Uint8Array)
  if (place === undefined || !about) {
    // Copied out of the buffer that they share, so that each can be handed over.
    return { set: null, files: Object.entries(files).map(([path, bytes]) => ({ path, bytes: bytes.slice() })) }
  }
  const items = itemsOf(about, files, place.slice(0, -DESCRIPTION.length))
  const bytes = Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (freeBytes !== null && bytes > freeBytes)
    throw new StudioError(
      'storage-full',
      `This data set needs about ${megabytes(bytes)}, and the browser gives this page ${megabytes(freeBytes)} more. Delete data sets or photos, then import it again.`,
    )
  const small = new Map<string, Thumbnails>()
  for (const item of items) small.set(item.id, await thumbnails(item).catch(() => Promise.reject(damaged('a picture cannot be decoded'))))
  const id = await sets.createWith(about, items, small)
  return { set: { id, name: about.name, items: items.length }, files: [] }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`

function unzipped(zip: Uint8Array): Unzipped {
  let [bytes, count] = [0, 0]
  // The sizes that a zip tells are also what is reserved for each file: one that lies is cut off, not unpacked further.
  const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    if (name.endsWith('/')) return false
    bytes += originalSize
    count++
    if (bytes > ARCHIVE_LIMITS.bytes || count > ARCHIVE_LIMITS.files || originalSize > ARCHIVE_LIMITS.fileBytes)
      throw new StudioError(
        'file-too-large',
        `This zip is too large: unpacked at most ${ARCHIVE_LIMITS.bytes / 2 ** 20} MB in ${ARCHIVE_LIMITS.files} files, none over ${ARCHIVE_LIMITS.fileBytes / 2 ** 20} MB. Split it, then import the parts.`,
      )
    return true
  }
  try {
    return unzipSync(zip, { filter })
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw new StudioError('unknown-file-type', 'This zip cannot be read: it is damaged, encrypted or no zip. Pack the pictures again.', {
      cause,
    })
  }
}

/** `null` for a description of something else: other programs have files of this name too. */
function describedIn(bytes: Uint8Array): v.InferOutput<typeof description> | null {
  let raw: unknown
  try {
    raw = JSON.parse(strFromU8(bytes))
  } catch {
    return null
  }
  if (typeof raw !== 'object' || raw === null || !('format' in raw) || raw.format !== FORMAT) return null
  const { success, output, issues } = v.safeParse(description, raw)
  if (success) return output
  throw damaged(`${v.getDotPath(issues[0]) ?? 'its description'}: ${issues[0].message}`)
}

function itemsOf(about: v.InferOutput<typeof description>, files: Unzipped, folder: string): Omit<DataSetItemRow, 'dataSetId'>[] {
  const bytesOf = (path: string): Uint8Array<ArrayBuffer> => {
    const bytes = Object.hasOwn(files, folder + path) ? files[folder + path] : undefined
    if (!bytes) throw damaged(`the file ${path.slice(0, 80)} is missing`)
    return bytes.slice()
  }
  const pictureOf = (path: string | null): EncodedPicture | null => {
    if (path === null) return null
    const bytes = bytesOf(path)
    return { mime: mimeOf(bytes, path), bytes }
  }
  return about.items.map(({ name, heldOut, a, b, landmarks, regions }) => {
    const classes = regions === null ? null : bytesOf(regions)
    if (classes && classes.byteLength !== REGIONS_BYTES) throw damaged('regions have another size')
    const item = { id: newId(), name, heldOut, a: pictureOf(a), b: pictureOf(b), landmarks, regions: classes }
    if (about.kind === 'pairs' ? !item.a || !item.b : !item.a && !item.b) throw damaged(`${name.slice(0, 80)} lacks a picture`)
    return item
  })
}

function mimeOf(bytes: Uint8Array, path: string): EncodedPicture['mime'] {
  const kind = imageKindOf(bytes)
  if (kind) return `image/${kind}`
  if (strFromU8(bytes.subarray(8, 12), true) === 'WEBP') return 'image/webp'
  throw damaged(`${path.slice(0, 80)} is no picture`)
}

const damaged = (why: string): StudioError =>
  new StudioError(
    'bad-project',
    `This zip says that it is a data set of the studio, but it is damaged: ${why}. Export it again, or import its folders A and B.`,
  )
