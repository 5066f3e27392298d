/** The log that a browser can keep: on the disk, else in `localStorage`, else none, and then the database is alone. */

import { type AheadLog, NO_AHEAD_LOG } from './aheadLog'
import { openFileLog } from './fileLog'
import { browserLocalLog } from './localLog'

export async function openAheadLog(databaseName: string): Promise<AheadLog> {
  return (await openFileLog(databaseName)) ?? browserLocalLog(databaseName) ?? NO_AHEAD_LOG
}
