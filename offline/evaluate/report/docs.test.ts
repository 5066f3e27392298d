import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyToRgba } from '../../../src/shared/image'
import { decodeImage, encodePng } from '../../node/imageFiles'
import { aboveFaces, writeDocs } from './docs'
import type { StoredModel } from './evaluation'
import { contactSheet } from './sheets'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'docs-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const flat = (grey: number) => greyToRgba(new Uint8Array(64 * 64).fill(grey), 64)
const model = (id: string, value: string): StoredModel => ({
  id,
  name: id.toUpperCase(),
  role: 'live',
  sizePx: 256,
  fingerprint: 'abc',
  measures: {
    faithful: {
      faces: 4,
      date: '2026-01-02',
      references: ['true photo'],
      rows: [{ label: 'average error, %', value, references: ['3.06'] }],
      remarks: ['A remark of both.'],
      figures: null,
    },
  },
})
const sheetOf = (face: number) => encodePng(contactSheet([1, 2, 3, 4].map((row) => [flat(10 * row), flat(face), flat(200)])))

describe('writeDocs', () => {
  it('writes models as columns, in the order of the index, with their faces side by side', () => {
    for (const [id, face] of [
      ['fine', 90],
      ['live', 60],
    ] as const) {
      mkdirSync(path.join(folder, 'sheets', id), { recursive: true })
      writeFileSync(path.join(folder, 'sheets', id, 'faithful.png'), sheetOf(face))
    }
    const docs = path.join(folder, 'docs')
    writeDocs({ version: 2, models: [model('fine', '2.90'), model('live', '3.14')] }, path.join(folder, 'sheets'), docs, ['live', 'fine'])
    const text = readFileSync(path.join(docs, 'evaluation.md'), 'utf8')
    expect(text).toContain('|  | live | fine | true photo |')
    expect(text).toContain('| average error, % | 3.14 | 2.90 | 3.06 |')
    expect(text).toContain('- A remark of both.')
    expect(text).toContain('sketch · live · fine · true photo')
    const file = path.join(docs, 'evaluation/faithful.jpg')
    expect(statSync(file).size).toBeLessThan(300_000)
    const sheet = decodeImage(readFileSync(file))
    const at = (column: number) => sheet.data[(60 * sheet.width + 140 * column + 60) * 4] ?? 0
    for (const [column, grey] of [
      [0, 10],
      [1, 60],
      [2, 90],
      [3, 200],
    ] as const)
      expect(Math.abs(at(column) - grey)).toBeLessThan(8)
  })

  it('leaves no picture of an earlier document behind', () => {
    const docs = path.join(folder, 'docs')
    writeFileSync(path.join(docs, 'evaluation/old.jpg'), '')
    writeDocs({ version: 2, models: [] }, path.join(folder, 'sheets'), docs, [])
    expect(() => statSync(path.join(docs, 'evaluation/old.jpg'))).toThrow()
  })
})

describe('aboveFaces', () => {
  it('puts the faces of every model below their sketches, seven side by side', () => {
    const sheet = (model: number) => Array.from({ length: 9 }, (_, i) => [flat(i), flat(100 * model + i)])
    const greys = aboveFaces([sheet(1), sheet(2)]).map((row) => row.map(({ data }) => data[0]))
    expect(greys.slice(0, 3)).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [100, 101, 102, 103, 104, 105, 106],
      [200, 201, 202, 203, 204, 205, 206],
    ])
    expect(greys.slice(3)).toEqual([
      [7, 8],
      [107, 108],
      [207, 208],
    ])
  })
})
