/**
 * Rows that a disk, another program or an older studio has damaged: what can be read goes on, what lay there is set aside in a table of its own before
 * anything takes its place, and the person is told.
 */

import type { Database, RowWriter } from './database'
import type { Range } from './keys'
import type { SketchRow } from './rows'
import { keyOf, readRow, type Table } from './table'
import { DAMAGED, JOURNAL, SKETCHES, SNAPSHOTS, THUMBNAILS } from './tables'

/** Rows as they lie there, into the table of the damaged. */
async function setAside(rows: RowWriter, table: Table, range: Range, at: number, problems: readonly string[]): Promise<void> {
  for (const raw of await rows.raw(table, range)) {
    const key = JSON.stringify(keyOf(table.key, raw))
    await rows.put(DAMAGED, { table: table.name, key, at, problems: [...problems], raw })
  }
}

/** Strokes of a sketch that could not all be read: its snapshot and journal, whole. */
export async function setSketchAside(rows: RowWriter, sketchId: string, at: number): Promise<void> {
  await setAside(rows, SNAPSHOTS, { from: sketchId, to: sketchId }, at, ['document'])
  await setAside(rows, JOURNAL, { prefix: [sketchId] }, at, ['delta'])
}

/**
 * Looks through the small rows at the start and puts right what is wrong in them.
 * @returns names of the sketches that were damaged
 */
export async function mendSketches(database: Database, at: number): Promise<string[]> {
  const isSound = await database.read([SKETCHES], async (rows) =>
    (await rows.raw(SKETCHES)).every((raw) => readRow(SKETCHES, raw).problems.length === 0),
  )
  if (isSound) return []
  return await database.write([SKETCHES, SNAPSHOTS, JOURNAL, THUMBNAILS, DAMAGED], async (rows) => {
    const names: string[] = []
    for (const raw of await rows.raw(SKETCHES)) {
      const { row, problems } = readRow(SKETCHES, raw)
      if (problems.length === 0) continue
      const id = String(keyOf(SKETCHES.key, raw))
      await setAside(rows, SKETCHES, { from: id, to: id }, at, problems)
      if (row) await rows.put(SKETCHES, await mended(rows, row, problems, at))
      names.push(row?.name ?? '')
    }
    return names
  })
}

/** Times and numbers that the other rows know better than a default does. */
async function mended(rows: RowWriter, row: SketchRow, problems: readonly string[], at: number): Promise<SketchRow> {
  const snapshot = await rows.get(SNAPSHOTS, row.id)
  const journal = await rows.all(JOURNAL, { prefix: [row.id] })
  const lastSeq = Math.max(snapshot?.seq ?? 0, ...journal.map(({ seq }) => seq))
  return {
    ...row,
    ...(problems.includes('lastSeq') ? { lastSeq } : {}),
    ...(problems.includes('strokeCount') ? { strokeCount: snapshot?.document?.strokes?.length ?? 0 } : {}),
    ...(problems.includes('createdAt') ? { createdAt: at } : {}),
    ...(problems.includes('updatedAt') ? { updatedAt: at } : {}),
  }
}
