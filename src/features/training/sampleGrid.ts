/** The sample grid: which pictures stand beside one another, and under which name. */

import type { EncodedPicture } from '../../storage/photoTypes'

export type SampleRow = Readonly<Record<string, EncodedPicture>>

/** From photos to pictures, and from pictures to photos. */
const COLUMNS = [
  ['real_A', 'fake_B', 'rec_A', 'same_A', 'real_B'],
  ['real_B', 'fake_A', 'rec_B', 'same_B'],
] as const

export type ColumnId = (typeof COLUMNS)[number][number]

export interface SampleTable {
  readonly columns: readonly ColumnId[]
  /** With its place among all rows. */
  readonly rows: readonly { readonly place: number; readonly row: SampleRow }[]
}

/** One table for each direction that there is. */
export function tablesOf(rows: readonly SampleRow[]): readonly SampleTable[] {
  const places = rows.map((row, place) => ({ row, place }))
  return COLUMNS.flatMap((order, way) => {
    const own = places.filter(({ row }) => ('real_A' in row ? 0 : 1) === way)
    const columns = order.filter((id) => own.some(({ row }) => id in row))
    return own.length > 0 ? [{ columns, rows: own }] : []
  })
}

/** What of a row is the model's answer. */
export const answerOf = (row: SampleRow | undefined): EncodedPicture | null => row?.fake_B ?? row?.fake_A ?? null
