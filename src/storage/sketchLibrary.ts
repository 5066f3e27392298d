/** The sketch database behind the contract of `SketchLibrary`: list, search, rename, duplicate, delete with undo, merge. */

import { readToleranceChoice, storedTolerance } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { LibraryChanges } from './changes'
import type { Database } from './database'
import { mergeProjects } from './merge'
import { copyName, type OpenSessions } from './openSessions'
import { packDocument } from './packing'
import { REFERENCES } from './referenceTable'
import type { SketchRow } from './rows'
import { countTags, queryRows, toSummary } from './sketchList'
import { lastOpenId, loadSketch, SKETCH_TABLES } from './sketchRows'
import { SETTINGS, SKETCHES, SNAPSHOTS, THUMBNAILS } from './tables'
import { purgeSketches } from './trash'
import type { SketchLibrary, SketchSummary } from './types'

export interface LibraryOptions {
  readonly database: Database
  readonly sessions: OpenSessions
  readonly changes: LibraryChanges
  readonly now: () => number
}

export function openLibrary(options: LibraryOptions): SketchLibrary {
  const { database, sessions, changes, now } = options
  const update = async (id: string, change: (row: SketchRow) => SketchRow): Promise<void> => {
    await updateRow(database, id, change)
    changes.announce()
  }
  const read: SketchLibrary['read'] = async (id) => {
    const open = sessions.find(id)
    if (open) return { document: open.document, look: open.look, ...storedTolerance(open.tolerance) }
    const loaded = await database.read(SKETCH_TABLES, (rows) => loadSketch(rows, id))
    if (!loaded) return null
    const { recovered, row } = loaded
    return { document: recovered.document, look: row.look, ...storedTolerance(readToleranceChoice(row.tolerance)) }
  }
  return {
    read,
    list: (query = {}) => listSketches(database, query),
    tags: async () => countTags(await database.read([SKETCHES], (rows) => rows.all(SKETCHES))),
    get: (id) => getSummary(database, id),
    open: (id) => sessions.open(id),
    openLast: async () => {
      const id = await database.read([SETTINGS, SKETCHES], lastOpenId)
      return id === null ? null : await sessions.open(id)
    },
    create: (document, extras = {}) => sessions.create(document, extras.look ?? {}, extras.tolerance ?? {}),
    rename: (id, name) => update(id, (row) => ({ ...row, name })),
    setTags: (id, tags) => update(id, (row) => ({ ...row, tags: [...new Set(tags)] })),
    duplicate: async (id, name) => {
      await sessions.find(id)?.flushed()
      const copyId = await duplicateSketch(database, id, name, now())
      changes.announce()
      return copyId
    },
    delete: (id) => update(id, (row) => ({ ...row, deletedAt: now() })),
    restore: (id) => update(id, (row) => ({ ...row, deletedAt: null })),
    purge: async (ids) => {
      await purgeSketches(database, (row) => (ids ? ids.includes(row.id) : row.deletedAt !== null))
      sessions.retry()
      changes.announce()
    },
    merge: async (projects) => {
      await Promise.all(sessions.all().map((session) => session.flushed()))
      const report = await mergeProjects(database, projects, now())
      changes.announce()
      return report
    },
    onChange: (listener) => changes.subscribe(listener),
  }
}

const isGone = (): StudioError => new StudioError('bad-request', 'This sketch is not in the database any more. Choose another one.')

async function updateRow(database: Database, id: string, change: (row: SketchRow) => SketchRow): Promise<void> {
  await database.write([SKETCHES], async (rows) => {
    const row = await rows.get(SKETCHES, id)
    if (!row) throw isGone()
    await rows.put(SKETCHES, change(row))
  })
}

async function listSketches(database: Database, query: Parameters<typeof queryRows>[1]): ReturnType<SketchLibrary['list']> {
  return await database.read([SKETCHES, THUMBNAILS], async (rows) => {
    const { page, total } = queryRows(await rows.all(SKETCHES), query)
    const thumbnails = await Promise.all(page.map((row) => rows.get(THUMBNAILS, row.id)))
    return { items: page.map((row, i) => toSummary(row, thumbnails[i])), total }
  })
}

async function getSummary(database: Database, id: string): Promise<SketchSummary | null> {
  return await database.read([SKETCHES, THUMBNAILS], async (rows) => {
    const row = await rows.get(SKETCHES, id)
    return row ? toSummary(row, await rows.get(THUMBNAILS, id)) : null
  })
}

async function duplicateSketch(database: Database, id: string, name: string | undefined, at: number): Promise<string> {
  const copyId = newId()
  await database.write([...SKETCH_TABLES, THUMBNAILS, REFERENCES], async (rows) => {
    const loaded = await loadSketch(rows, id)
    if (!loaded) throw isGone()
    const { row, recovered } = loaded
    const times = { createdAt: at, updatedAt: at, deletedAt: null }
    await rows.put(SKETCHES, { ...row, ...times, id: copyId, name: name ?? copyName(row.name), lastSeq: 1 })
    await rows.put(SNAPSHOTS, { sketchId: copyId, seq: 1, document: packDocument(recovered.document) })
    const thumbnails = await rows.get(THUMBNAILS, id)
    if (thumbnails) await rows.put(THUMBNAILS, { ...thumbnails, sketchId: copyId })
    const reference = await rows.get(REFERENCES, id)
    if (reference) await rows.put(REFERENCES, { ...reference, sketchId: copyId })
  })
  return copyId
}
