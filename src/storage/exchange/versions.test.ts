/** Files that version 1 exported must come in for ever, and today's export must still write them (or say that the format has a new version). */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SketchDocument } from '../../editor/document'
import { openStorage } from '../storage'
import { importFile } from './importFile'
import { exportDatabase, exportProject } from './project'
import { exportSvg } from './svg/exportSvg'

const ANN: SketchDocument = {
  version: 1,
  id: 'sk-ann',
  name: 'Ann 安',
  tags: ['client'],
  strokes: [
    { id: 'st-jaw', part: 'jaw', partIsChosen: true, widthPx: 2, usesPressure: false, points: [110.5, 200, 0.5, 256, 430.25, 0.5] },
    { id: 'st-hair', part: 'hair', partIsChosen: false, widthPx: 3.5, usesPressure: true, points: [90, 80, 0.25, 256.125, -20, 0.75] },
  ],
}
const LOOK = { age: 34, skin: [210, 170, 150] as const, beard: null, background: 'studio' }
const TIMES = { createdAt: 1763500000000, updatedAt: 1763500060000 }

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

describe('files of version 1', () => {
  it('a project comes in, and goes out the same', async () => {
    const text = read('project-v1.json')
    expect(await importFile(new Blob([text]))).toEqual({
      kind: 'document',
      source: 'project',
      look: LOOK,
      document: { ...ANN, id: expect.any(String) },
    })
    expect(JSON.parse(exportProject({ document: ANN, look: LOOK, ...TIMES }))).toEqual(JSON.parse(text))
  })

  it('a drawing comes in, and goes out the same', async () => {
    const text = read('sketch-v1.svg')
    expect(await importFile(new Blob([text]))).toMatchObject({ source: 'svg', document: { ...ANN, id: expect.any(String) } })
    expect(exportSvg(ANN)).toBe(text)
  })

  it('a database comes in, and goes out the same', async () => {
    const text = read('database-v1.json')
    const result = await importFile(new Blob([text]))
    if (result.kind !== 'database') throw new Error('expected a database')
    expect(result.problems).toEqual([])
    expect(result.projects[0]).toEqual({ document: ANN, look: LOOK, ...TIMES })
    const storage = await openStorage({ inMemory: true })
    await storage.sketches.merge(result.projects)
    expect(JSON.parse(await (await exportDatabase(storage.sketches)).text())).toEqual(JSON.parse(text))
  })
})
