/**
 * Deleted sketches and photos: kept a month, then purged. A clock is believed only when it says the same on two days: a machine that wakes up in the wrong year once
 * must not empty the trash.
 */

import * as v from 'valibot'
import type { Database, RowWriter } from './database'
import { HISTORY_HEADS, HISTORY_STEPS } from './history/historyTables'
import type { PhotoSummary } from './photoTypes'
import { REFERENCES } from './referenceTable'
import type { SketchRow } from './rows'
import { JOURNAL, PHOTO_PICTURES, PHOTOS, SETTINGS, SKETCHES, SNAPSHOTS, THUMBNAILS } from './tables'

const DAY_MS = 24 * 3600 * 1000
/** How long a deletion can be undone. */
const KEPT_MS = 30 * DAY_MS
/** When a sketch or photo was first found to be kept long enough, by id. */
const EXPIRED_KEY = '$expired'

const PURGED_FROM = [SKETCHES, SNAPSHOTS, JOURNAL, THUMBNAILS, REFERENCES, HISTORY_HEADS, HISTORY_STEPS] as const
const PHOTOS_FROM = [PHOTOS, PHOTO_PICTURES] as const

/** Deletes rows and everything that hangs on them, for good. */
export async function purgeSketches(database: Database, isDoomed: (row: SketchRow) => boolean): Promise<void> {
  await database.write(PURGED_FROM, async (rows) => {
    for (const { id } of (await rows.all(SKETCHES)).filter(isDoomed)) await purge(rows, id)
  })
}

export async function purgePhotos(database: Database, isDoomed: (row: PhotoSummary) => boolean): Promise<void> {
  await database.write(PHOTOS_FROM, async (rows) => {
    for (const { id } of (await rows.all(PHOTOS)).filter(isDoomed)) await purgePhoto(rows, id)
  })
}

async function purgePhoto(rows: RowWriter, id: string): Promise<void> {
  for (const table of PHOTOS_FROM) await rows.remove(table, id)
}

async function purge(rows: RowWriter, id: string): Promise<void> {
  for (const table of [SKETCHES, SNAPSHOTS, THUMBNAILS, REFERENCES, HISTORY_HEADS]) await rows.remove(table, id)
  for (const table of [JOURNAL, HISTORY_STEPS]) await rows.remove(table, { prefix: [id] })
}

/** At every start: marks what has been kept long enough, and purges what an earlier day had marked already. */
export async function purgeExpired(database: Database, at: number): Promise<void> {
  await database.write([...PURGED_FROM, ...PHOTOS_FROM, SETTINGS], async (rows) => {
    const marks = readMarks((await rows.get(SETTINGS, EXPIRED_KEY))?.value)
    const next: Record<string, number> = {}
    const look = async ({ id, deletedAt }: Pick<SketchRow, 'id' | 'deletedAt'>, remove: typeof purge): Promise<void> => {
      if (deletedAt === null || deletedAt >= at - KEPT_MS) return
      const markedAt = marks[id] ?? at
      // A mark of the future was made by the wrong clock.
      if (at - markedAt >= DAY_MS) await remove(rows, id)
      else next[id] = Math.min(markedAt, at)
    }
    for (const row of await rows.all(SKETCHES)) await look(row, purge)
    for (const row of await rows.all(PHOTOS)) await look(row, purgePhoto)
    if (Object.keys(next).length + Object.keys(marks).length > 0) await rows.put(SETTINGS, { key: EXPIRED_KEY, value: next })
  })
}

const readMarks = (raw: unknown): Readonly<Record<string, number>> => {
  const schema = v.record(v.string(), v.number())
  return v.is(schema, raw) ? raw : {}
}
