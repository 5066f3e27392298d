/** What the tests of storage share: small documents, and a table of locks that stands for the browser's. */

import { openDB } from 'idb'
import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../editor/document'
import type { AheadLog } from './ahead/aheadLog'
import { packRecord, readRecords, writeRecords } from './ahead/aheadRecord'
import type { SketchLocks } from './types'

export function strokeOf(id: string, values: Partial<Stroke> = {}): Stroke {
  return { id, part: 'mouth', partIsChosen: false, widthPx: 2, usesPressure: true, points: [10.25, 20, 0.5, 30, 40.125, 0.75], ...values }
}

export function documentOf(id: string, strokeIds: readonly string[], name = 'A face'): SketchDocument {
  return { version: DOCUMENT_VERSION, id, name, tags: [], strokes: strokeIds.map((strokeId) => strokeOf(strokeId)) }
}

/** The document with one more stroke. */
export function withStroke(document: SketchDocument, id: string): SketchDocument {
  return { ...document, strokes: [...document.strokes, strokeOf(id)] }
}

/** Locks of several "tabs" of one browser. */
export function lockTable(): SketchLocks {
  const held = new Set<string>()
  return {
    acquire: async (id) => {
      if (held.has(id)) return null
      held.add(id)
      return () => held.delete(id)
    },
  }
}

let databases = 0

/** A database that no other test of this run uses. */
export const freshDatabaseName = (): string => `test-${++databases}-${Math.random().toString(36).slice(2)}`

/** A database as it lay on a disk: `$float64` and `$uint8` stand for typed arrays. */
export interface DatabaseFixture {
  version: number
  stores: Record<string, { keyPath: string | string[] }>
  rows: Record<string, unknown[]>
}

/** Builds the database from the fixture alone. @returns its name */
export async function restoreDatabase(fixture: DatabaseFixture): Promise<string> {
  const name = freshDatabaseName()
  const database = await openDB(name, fixture.version, {
    upgrade: (created) => {
      for (const [store, { keyPath }] of Object.entries(fixture.stores)) created.createObjectStore(store, { keyPath })
    },
  })
  for (const [store, rows] of Object.entries(fixture.rows)) {
    for (const row of rows) await database.put(store, revived(row))
  }
  database.close()
  return name
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (typeof value !== 'object' || value === null) return value
  if ('$float64' in value) return Float64Array.from(value.$float64 as number[])
  if ('$uint8' in value) return Uint8Array.from(atob(String(value.$uint8)), (character) => character.charCodeAt(0))
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, revived(child)]))
}

/** The files of write-ahead logs, and the browser that kills a page: its log is left for the next one. */
export function aheadDisk() {
  const files = new Map<string, Map<string, string>>()
  const alive = new Set<string>()
  let pages = 0
  const openLog = (): AheadLog => {
    const page = `page-${++pages}`
    const own = new Map<string, string>()
    files.set(page, own)
    alive.add(page)
    let taken: string[] = []
    return {
      put: async (record) => {
        own.set(record.sketchId, writeRecords([packRecord(record)]))
        return true
      },
      drop: (sketchId) => void own.delete(sketchId),
      recover: async () => {
        taken = [...files.keys()].filter((name) => !alive.has(name))
        return taken.flatMap((name) => [...(files.get(name)?.values() ?? [])].flatMap(readRecords))
      },
      forget: async () => {
        for (const name of taken) files.delete(name)
      },
      close: () => undefined,
    }
  }
  const killAll = (): void => alive.clear()
  const pending = (): number => [...files.values()].reduce((sum, records) => sum + records.size, 0)
  return { openLog, killAll, pending }
}
