/** Photos behind the contract of `PhotoLibrary`: what the list shows in one table, the pictures themselves in another. */

import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { LibraryChanges } from './changes'
import type { Database } from './database'
import type { PhotoLibrary, PhotoSummary, StoredFace } from './photoTypes'
import { PHOTO_PICTURES, PHOTOS } from './tables'
import { purgePhotos } from './trash'

interface Parts {
  readonly database: Database
  readonly changes: LibraryChanges
  readonly now: () => number
}

const isGone = (): StudioError => new StudioError('bad-request', 'This photo is not in the database any more. Choose another one.')

export function openPhotos({ database, changes, now }: Parts): PhotoLibrary {
  const update = async (ids: readonly string[], change: (row: PhotoSummary) => PhotoSummary): Promise<void> => {
    await database.write([PHOTOS], async (rows) => {
      for (const id of ids) {
        const row = await rows.get(PHOTOS, id)
        if (!row) throw isGone()
        await rows.put(PHOTOS, change(row))
      }
    })
    changes.announce()
  }
  const edit = (id: string, change: (row: PhotoSummary) => Partial<PhotoSummary>): Promise<void> =>
    update([id], (row) => ({ ...row, ...change(row), updatedAt: now() }))
  return {
    list: async ({ deleted = false } = {}) => {
      const rows = await database.read([PHOTOS], (reader) => reader.all(PHOTOS))
      return rows.filter(({ deletedAt }) => (deletedAt !== null) === deleted).sort((a, b) => b.createdAt - a.createdAt)
    },
    get: async (id) => (await database.read([PHOTOS], (rows) => rows.get(PHOTOS, id))) ?? null,
    pictures: async (id) => {
      const row = await database.read([PHOTO_PICTURES], (rows) => rows.get(PHOTO_PICTURES, id))
      return row ? { photo: row.photo, crops: row.crops } : null
    },
    add: async ({ photo, crops, ...rest }) => {
      const id = newId()
      const at = now()
      await database.write([PHOTOS, PHOTO_PICTURES], async (rows) => {
        await rows.put(PHOTOS, { ...rest, id, createdAt: at, updatedAt: at, deletedAt: null, chosen: 0 })
        await rows.put(PHOTO_PICTURES, { photoId: id, photo, crops: [...crops] })
      })
      changes.announce()
      return id
    },
    rename: (id, name) => edit(id, () => ({ name })),
    chooseFace: (id, face, thumbnail) => edit(id, ({ faces, chosen }) => (face in faces ? { chosen: face, thumbnail } : { chosen })),
    correct: (id, face, landmarks) =>
      edit(id, ({ faces }) => ({ faces: faces.map((each, i) => (i === face ? corrected(each, landmarks) : each)) })),
    addFace: async (id, face, crop, thumbnail) => {
      await database.write([PHOTOS, PHOTO_PICTURES], async (rows) => {
        const [row, pictures] = [await rows.get(PHOTOS, id), await rows.get(PHOTO_PICTURES, id)]
        if (!row || !pictures) throw isGone()
        await rows.put(PHOTOS, { ...row, faces: [...row.faces, face], chosen: row.faces.length, thumbnail, updatedAt: now() })
        await rows.put(PHOTO_PICTURES, { ...pictures, crops: [...pictures.crops, crop] })
      })
      changes.announce()
    },
    delete: (ids) => update(ids, (row) => ({ ...row, deletedAt: now() })),
    restore: (ids) => update(ids, (row) => ({ ...row, deletedAt: null })),
    purge: async (ids) => {
      await purgePhotos(database, ({ id, deletedAt }) => (ids ? ids.includes(id) : deletedAt !== null))
      changes.announce()
    },
    onChange: (listener) => changes.subscribe(listener),
  }
}

function corrected(face: StoredFace, landmarks: readonly number[]): StoredFace {
  if (landmarks.length !== face.found.length) throw new StudioError('internal', 'A face has 68 points.')
  return { ...face, landmarks: [...landmarks] }
}
