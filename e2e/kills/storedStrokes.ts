/** What is in the database after a start: the rows as they lie there, read by the studio's own recovery. */

import type { Page } from '@playwright/test'
import type { Stroke } from '../../src/editor/document'
import { recover } from '../../src/storage/recovery'
import type { JournalRow, SketchRow, SnapshotRow } from '../../src/storage/rows'

interface Rows {
  readonly row: SketchRow | null
  readonly snapshot: SnapshotRow | undefined
  readonly journal: readonly JournalRow[]
}

/** Strokes of the sketch that was open last, oldest first; empty when there is none. */
export async function storedStrokes(page: Page): Promise<readonly Stroke[]> {
  const text = await page.evaluate(readRows)
  const { row, snapshot, journal } = JSON.parse(text, revive) as Rows
  if (!row) return []
  const { document, notices } = recover(row, snapshot, journal)
  if (notices.length > 0) throw new Error(`The sketch is damaged: ${notices.map(({ message }) => message).join(' ')}`)
  return document.strokes
}

const revive = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$float64' in value ? Float64Array.from(value.$float64 as number[]) : value

/** Runs in the page. */
async function readRows(): Promise<string> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await answer(indexedDB.open('face-studio'))
  const transaction = database.transaction(['settings', 'sketches', 'snapshots', 'journal'])
  const store = (name: string): IDBObjectStore => transaction.objectStore(name)
  const id = (await answer(store('settings').get('$lastOpenSketchId')))?.value ?? ''
  const rows = {
    row: (await answer(store('sketches').get(id))) ?? null,
    snapshot: await answer(store('snapshots').get(id)),
    journal: await answer(store('journal').getAll(IDBKeyRange.bound([id], [id, []]))),
  }
  database.close()
  return JSON.stringify(rows, (_key, value) => (value instanceof Float64Array ? { $float64: Array.from(value) } : value))
}
