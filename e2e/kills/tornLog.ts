/**
 * What a kill leaves behind once in some hundred: the head of a record at the end of the log behind IndexedDB, and nothing of its body. Chromium reads over it at the next start; whether it
 * throws the database away at the start after that depends on where the rows go that are written in between.
 */

import { appendFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Any checksum; 64 bytes that do not follow; a whole record (LevelDB's log format). */
const HEAD = Uint8Array.of(0x11, 0x22, 0x33, 0x44, 64, 0, 1)

/** @param profile of a browser that does not run. @throws Error where nothing was kept in it yet */
export function tearLog(profile: string): void {
  const folder = join(profile, 'Default', 'IndexedDB')
  const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.indexeddb\.leveldb.\d+\.log$/.test(path))
  const newest = logs.map((path) => join(folder, path)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  if (!newest) throw new Error(`There is no log in ${folder}.`)
  appendFileSync(newest, HEAD)
}
