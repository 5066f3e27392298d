/** The rows of one sketch together, and which sketch opens first. */

import type { RowReader } from './database'
import { type Recovered, recover } from './recovery'
import type { SketchRow } from './rows'
import { JOURNAL, SETTINGS, SKETCHES, SNAPSHOTS } from './tables'

export const LAST_OPEN_KEY = '$lastOpenSketchId'
/** What `loadSketch` reads from. */
export const SKETCH_TABLES = [SKETCHES, SNAPSHOTS, JOURNAL] as const

/** Row and recovered document of a sketch; `null` when there is none. */
export async function loadSketch(rows: RowReader, id: string): Promise<{ row: SketchRow; recovered: Recovered } | null> {
  const row = await rows.get(SKETCHES, id)
  if (!row) return null
  return { row, recovered: recover(row, await rows.get(SNAPSHOTS, id), await rows.all(JOURNAL, { prefix: [id] })) }
}

export async function lastOpenId(rows: RowReader): Promise<string | null> {
  const id = (await rows.get(SETTINGS, LAST_OPEN_KEY))?.value
  if (typeof id !== 'string') return null
  const row = await rows.get(SKETCHES, id)
  return row && row.deletedAt === null ? id : null
}
