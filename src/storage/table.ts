/**
 * What a table of the database is: one declaration with its name, key, indexes and the shape of a row. IndexedDB, the double in memory, the schema's
 * versions and the reader of damaged rows all follow it. The tables of the studio are in `tables.ts`.
 */

import * as v from 'valibot'
import type { Key } from './keys'

/** Property of a row, or several that make one key together. */
export type KeyPath = string | readonly string[]

export interface TableIndex {
  readonly path: KeyPath
  /** Schema version that brought it. */
  readonly since: number
  /** The property is a list, and each of its entries leads to the row. */
  readonly multiple?: boolean
}

export interface Table<Row = unknown> {
  readonly name: string
  readonly key: KeyPath
  /** Schema version that brought it; never changes once released. */
  readonly since: number
  readonly indexes: Readonly<Record<string, TableIndex>>
  readonly row: v.GenericSchema<unknown, Row>
  /** What takes the place of a property that cannot be read. A row with another one unreadable is given up. */
  readonly mends: Readonly<Record<string, unknown>>
}

interface Declaration<Row> extends Pick<Table<Row>, 'name' | 'key' | 'since' | 'row'> {
  readonly indexes?: Table['indexes']
  readonly mends?: Table['mends']
}

export const declareTable = <Row>(declaration: Declaration<Row>): Table<Row> => ({ indexes: {}, mends: {}, ...declaration })

export interface ReadRow<Row> {
  /** `null` when nothing could be made of it. */
  readonly row: Row | null
  /** Properties that could not be read. */
  readonly problems: readonly string[]
}

/** A row from disk, whatever it is: a database outlives the code that wrote it. */
export function readRow<Row>(table: Table<Row>, raw: unknown): ReadRow<Row> {
  const strict = v.safeParse(table.row, raw)
  if (strict.success) return { row: strict.output, problems: [] }
  const problems = [...new Set(strict.issues.map((issue) => String(issue.path?.[0]?.key ?? '')))]
  if (typeof raw !== 'object' || raw === null) return { row: null, problems }
  const mended = Object.fromEntries(problems.filter((key) => key in table.mends).map((key) => [key, table.mends[key]]))
  const again = v.safeParse(table.row, { ...raw, ...mended })
  return { row: again.success ? again.output : null, problems }
}

/** The key of a row. @throws Error for a row without one, which is a mistake in the program */
export function keyOf(path: KeyPath, row: unknown): Key {
  const part = (property: string): string | number => {
    const value = (row as Readonly<Record<string, unknown>>)[property]
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`A row has no key: ${property} is missing.`)
    return value
  }
  return typeof path === 'string' ? part(path) : path.map(part)
}
