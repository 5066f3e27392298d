/** The log of a case as it lies in the database after a start. */

import type { Page } from '@playwright/test'
import type { Entry } from '../../src/cases/chain'

export interface StoredLog {
  readonly entries: readonly Entry[]
  /** What the case's own row says that the log ends with. */
  readonly end: { readonly seq: number; readonly digest: string }
}

export async function storedLog(page: Page): Promise<StoredLog> {
  const { bodies, end } = await page.evaluate(readRows)
  return { entries: bodies.flat().map((body) => JSON.parse(body) as Entry), end }
}

/** Runs in the page: of the one case that there is. */
async function readRows(): Promise<{ bodies: (string | string[])[]; end: { seq: number; digest: string } }> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await answer(indexedDB.open('face-studio'))
  const transaction = database.transaction(['cases', 'caseEntries'])
  const [rows, entries] = await Promise.all([
    answer(transaction.objectStore('cases').getAll() as IDBRequest<{ seq: number; digest: string }[]>),
    answer(transaction.objectStore('caseEntries').getAll() as IDBRequest<{ body: string | string[] }[]>),
  ])
  database.close()
  const { seq = 0, digest = '' } = rows[0] ?? {}
  return { bodies: entries.map(({ body }) => body), end: { seq, digest } }
}
