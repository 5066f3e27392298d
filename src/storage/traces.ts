/** Whether anything of what was wiped is still somewhere in the database: every row of every table, bytes too. */

import type { Database } from './database'
import { TABLES } from './tables'

/** @returns names of tables in which one of the texts still stands, as a key or anywhere in a row */
export async function tracesIn(database: Database, texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const table of TABLES) {
    const rows = await database.read([table], (reader) => reader.raw(table))
    if (rows.some((row) => holds(row, texts))) found.push(table.name)
  }
  return found
}

function holds(value: unknown, texts: readonly string[]): boolean {
  const isIn = (text: string): boolean => texts.some((each) => text.includes(each))
  if (typeof value === 'string') return isIn(value)
  if (value instanceof Uint8Array) return isIn(new TextDecoder('latin1').decode(value))
  if (value instanceof ArrayBuffer) return holds(new Uint8Array(value), texts)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (value instanceof Map) return [...value].some(([key, each]) => holds(key, texts) || holds(each, texts))
  return Object.entries(value).some(([key, each]) => isIn(key) || holds(each, texts))
}
