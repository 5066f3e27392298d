/** What the studio 0.1.0 left on a disk (database as Chromium held it, its own exports of the same sketches) opens stroke for stroke. */

import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportDatabase, importFile } from './exchange'
import { openStorage } from './storage'
import { lockTable, restoreDatabase } from './testing'

const read = (name: string): string => readFileSync(new URL(`fixtures/studio-0.1/${name}`, import.meta.url), 'utf8')
const project = JSON.parse(read('project.json'))
const databaseFile = JSON.parse(read('database-file.json'))

const openOld = async () =>
  openStorage({ databaseName: await restoreDatabase(JSON.parse(read('indexeddb.json'))), locks: lockTable(), now: () => 1795730090000 })

describe('what the studio 0.1.0 left', () => {
  it('opens where the person stopped, with every stroke, look and choice', async () => {
    const storage = await openOld()
    const session = await storage.sketches.openLast()
    expect(session?.notices).toEqual([])
    expect(session?.document).toEqual(project.document)
    expect(session?.look).toEqual(project.look)
    expect(session?.tolerance).toEqual(project.tolerance)
    expect(project.document.strokes).toHaveLength(14)
  })

  it('lists the same sketches with pictures, and keeps what was deleted', async () => {
    const storage = await openOld()
    const { items } = await storage.sketches.list()
    expect(items.map(({ name, tags, strokeCount }) => ({ name, tags, strokeCount }))).toEqual([
      { name: 'Mean, edited', tags: [], strokeCount: 14 },
      { name: 'Łukasz 安', tags: ['case 12', 'beard'], strokeCount: 2 },
    ])
    for (const { thumbnails } of items) expect(thumbnails.sketch?.bytes.length).toBeGreaterThan(100)
    expect((await storage.sketches.list({ deleted: true })).items.map(({ name }) => name)).toEqual(['To be deleted'])
  })

  it('goes out as it went out then', async () => {
    const storage = await openOld()
    expect(JSON.parse(await (await exportDatabase(storage.sketches)).text())).toEqual(databaseFile)
  })

  it('comes in from its files', async () => {
    const { document, ...rest } = project
    const imported = await importFile(new Blob([read('project.json')]))
    expect(imported).toMatchObject({ kind: 'document', look: rest.look, tolerance: rest.tolerance })
    if (imported.kind !== 'document') throw new Error('expected a document')
    expect(imported.document).toEqual({ ...document, id: imported.document.id })
    const drawing = await importFile(new Blob([read('sketch.svg')]))
    if (drawing.kind !== 'document') throw new Error('expected a document')
    expect(drawing.document.strokes).toHaveLength(document.strokes.length)
    const all = await importFile(new Blob([read('database-file.json')]))
    if (all.kind !== 'database') throw new Error('expected a database')
    expect(all.problems).toEqual([])
    expect(all.projects.map((each) => each.document)).toEqual(databaseFile.sketches.map((each: { document: unknown }) => each.document))
  })
})
