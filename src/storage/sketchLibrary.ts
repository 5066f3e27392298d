/** The sketch database behind the contract of `SketchLibrary`: list, search, rename, duplicate, delete with undo, merge. */

import { readToleranceChoice, storedTolerance } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { LibraryChanges } from './changes'
import { mergeProjects } from './merge'
import { copyName, LAST_OPEN_KEY, loadSketch, type OpenSessions } from './openSessions'
import { packDocument } from './packing'
import type { Database, RowWriter, SketchRow } from './rows'
import { countTags, queryRows, toSummary } from './sketchList'
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
    const loaded = await database.read(['sketches', 'snapshots', 'journal'], (rows) => loadSketch(rows, id))
    if (!loaded) return null
    const { recovered, row } = loaded
    return { document: recovered.document, look: row.look, ...storedTolerance(readToleranceChoice(row.tolerance)) }
  }
  return {
    read,
    list: (query = {}) => listSketches(database, query),
    tags: async () => countTags(await database.read(['sketches'], (rows) => rows.all('sketches'))),
    get: (id) => getSummary(database, id),
    open: (id) => sessions.open(id),
    openLast: async () => {
      const id = await database.read(['settings', 'sketches'], lastOpenId)
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
  await database.write(['sketches'], async (rows) => {
    const row = await rows.get('sketches', id)
    if (!row) throw isGone()
    await rows.put('sketches', change(row))
  })
}

async function listSketches(database: Database, query: Parameters<typeof queryRows>[1]): ReturnType<SketchLibrary['list']> {
  return await database.read(['sketches', 'thumbnails'], async (rows) => {
    const { page, total } = queryRows(await rows.all('sketches'), query)
    const thumbnails = await Promise.all(page.map((row) => rows.get('thumbnails', row.id)))
    return { items: page.map((row, i) => toSummary(row, thumbnails[i])), total }
  })
}

async function getSummary(database: Database, id: string): Promise<SketchSummary | null> {
  return await database.read(['sketches', 'thumbnails'], async (rows) => {
    const row = await rows.get('sketches', id)
    return row ? toSummary(row, await rows.get('thumbnails', id)) : null
  })
}

async function lastOpenId(rows: Pick<RowWriter, 'get'>): Promise<string | null> {
  const id = (await rows.get('settings', LAST_OPEN_KEY))?.value
  if (typeof id !== 'string') return null
  const row = await rows.get('sketches', id)
  return row && row.deletedAt === null ? id : null
}

async function duplicateSketch(database: Database, id: string, name: string | undefined, at: number): Promise<string> {
  const copyId = newId()
  await database.write(['sketches', 'snapshots', 'journal', 'thumbnails'], async (rows) => {
    const loaded = await loadSketch(rows, id)
    if (!loaded) throw isGone()
    const { row, recovered } = loaded
    const times = { createdAt: at, updatedAt: at, deletedAt: null }
    await rows.put('sketches', { ...row, ...times, id: copyId, name: name ?? copyName(row.name), lastSeq: 1 })
    await rows.put('snapshots', { sketchId: copyId, seq: 1, document: packDocument(recovered.document) })
    const thumbnails = await rows.get('thumbnails', id)
    if (thumbnails) await rows.put('thumbnails', { ...thumbnails, sketchId: copyId })
  })
  return copyId
}

/** Deletes rows and everything that hangs on them, for good. */
export async function purgeSketches(database: Database, isDoomed: (row: SketchRow) => boolean): Promise<void> {
  await database.write(['sketches', 'snapshots', 'journal', 'thumbnails'], async (rows) => {
    for (const { id } of (await rows.all('sketches')).filter(isDoomed)) {
      await rows.remove('sketches', id)
      await rows.remove('snapshots', id)
      await rows.remove('thumbnails', id)
      await rows.clearJournal(id)
    }
  })
}
