import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { openIndexedDatabase } from './indexedDatabase'
import type { EncodedPicture, NewPhoto } from './photoTypes'
import { openStorage } from './storage'
import { PHOTO_PICTURES, PHOTOS } from './tables'
import { freshDatabaseName, lockTable } from './testing'
import { purgeExpired } from './trash'

const DAY_MS = 24 * 3600 * 1000
const START = Date.UTC(2026, 0, 1)
const picture = (value: number): EncodedPicture => ({ mime: 'image/webp', bytes: Uint8Array.of(value, 2, 3) })
const points = (value: number): number[] => new Array(136).fill(value)
const face = (value: number) => ({
  square: { centre: [10, 20] as const, halfX: [5, 1] as const },
  landmarks: points(value),
  found: points(value),
  yawDegrees: value,
  pitchDegrees: 0,
})
const photo = (name: string): NewPhoto => ({
  ...{ name, width: 640, height: 480, faces: [face(0.1), face(0.2)], thumbnail: picture(7) },
  ...{ photo: picture(1), crops: [picture(8), picture(9)] },
})

/** The same database, again and again, on a clock of its own. */
function computer() {
  const databaseName = freshDatabaseName()
  const locks = lockTable()
  let at = START
  const open = () => openStorage({ databaseName, locks, now: () => at++ })
  return { databaseName, open }
}

describe('photos', () => {
  it('are there after a reload, newest first, with faces, corrections and pictures', async () => {
    const { open } = computer()
    const first = await open()
    const ann = await first.photos.add(photo('Ann'))
    await first.photos.add(photo('Ben'))
    await first.photos.correct(ann, 1, points(0.7))
    await first.photos.chooseFace(ann, 1, picture(5))
    await first.photos.rename(ann, 'Anna')
    await first.close()
    const { photos } = await open()
    expect((await photos.list()).map(({ name }) => name)).toEqual(['Ben', 'Anna'])
    const kept = await photos.get(ann)
    expect(kept).toMatchObject({ chosen: 1, width: 640, thumbnail: picture(5) })
    expect(kept?.faces.map(({ landmarks, found }) => [landmarks[0], found[0]])).toEqual([
      [0.1, 0.1],
      [0.7, 0.2],
    ])
    expect(await photos.pictures(ann)).toEqual({ photo: picture(1), crops: [picture(8), picture(9)] })
  })

  it('take a face that was placed by hand', async () => {
    const { photos } = await computer().open()
    const id = await photos.add({ ...photo('a'), faces: [], crops: [] })
    await photos.addFace(id, face(0.3), picture(4), picture(6))
    expect(await photos.get(id)).toMatchObject({ chosen: 0, faces: [{ landmarks: points(0.3) }], thumbnail: picture(6) })
    expect((await photos.pictures(id))?.crops).toEqual([picture(4)])
    await expect(photos.addFace('nobody', face(0.3), picture(4), null)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('come back from the trash, and are purged whole', async () => {
    const { photos } = await computer().open()
    const [a, b] = [await photos.add(photo('a')), await photos.add(photo('b'))]
    await photos.delete([a, b])
    expect(await photos.list()).toEqual([])
    await photos.restore([a])
    expect((await photos.list()).map(({ id }) => id)).toEqual([a])
    expect((await photos.list({ deleted: true })).map(({ id }) => id)).toEqual([b])
    await photos.purge()
    expect([await photos.get(b), await photos.pictures(b)]).toEqual([null, null])
    expect(await photos.pictures(a)).not.toBeNull()
  })

  it('leave the trash after a month, when two days agree', async () => {
    const { databaseName, open } = computer()
    const storage = await open()
    await storage.photos.delete([await storage.photos.add(photo('gone'))])
    await storage.photos.add(photo('stays'))
    await storage.close()
    const database = await openIndexedDatabase(databaseName)
    const left = async (day: number) => {
      await purgeExpired(database, START + day * DAY_MS)
      return await database.read([PHOTOS, PHOTO_PICTURES], async (rows) => [await rows.count(PHOTOS), await rows.count(PHOTO_PICTURES)])
    }
    expect(await left(31)).toEqual([2, 2])
    expect(await left(32.1)).toEqual([1, 1])
    database.close()
  })

  it('tell of changes, and refuse what is gone or impossible', async () => {
    const { photos } = await computer().open()
    let changes = 0
    photos.onChange(() => changes++)
    const id = await photos.add(photo('a'))
    await photos.chooseFace(id, 9, null)
    expect((await photos.get(id))?.chosen).toBe(0)
    expect(changes).toBe(2)
    await expect(photos.rename('nobody', 'x')).rejects.toMatchObject({ code: 'bad-request' })
    await expect(photos.correct(id, 0, [1, 2])).rejects.toMatchObject({ code: 'internal' })
  })

  it('are read as far as they can be where a row is damaged', async () => {
    const { databaseName, open } = computer()
    const storage = await open()
    const id = await storage.photos.add(photo('a'))
    await storage.close()
    const raw = await openDB(databaseName)
    await raw.put('photos', { ...(await raw.get('photos', id)), faces: [{ square: 'gone' }], name: 7 })
    raw.close()
    const { photos } = await open()
    expect(await photos.get(id)).toMatchObject({ id, name: '', faces: [] })
  })
})
