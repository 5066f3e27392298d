/**
 * A killed browser may leave half a record at the end of the log behind IndexedDB. Chromium (LevelDB) reads over it once and goes on writing behind it, so that a later start finds a broken log
 * and throws the whole database away (decision 25). A log that is full is followed by a new one, and the old one goes once its rows are in a table.
 */

import type { Database } from './database'
import { TURN } from './tables'

/** LevelDB begins a new log after 4 MiB. Rows larger than 64 KiB would lie in files of their own. */
const ROWS = 90
const ROW_BYTES = 48 * 1024

/** Rejects where the disk is full: the log is left as it was. */
export async function startNewLog(database: Database): Promise<void> {
  const filler = new Uint8Array(ROW_BYTES)
  const rows = Array.from({ length: ROWS }, (_, id) => ({ id, filler }))
  await database.write([TURN], async (writer) => void (await Promise.all(rows.map((row) => writer.put(TURN, row)))), 'relaxed')
  await database.write([TURN], (writer) => writer.remove(TURN, {}), 'relaxed')
}
