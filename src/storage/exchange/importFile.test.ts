import 'fake-indexeddb/auto'
// biome-ignore lint/style/noRestrictedImports: stands in for the browser's decoder, in tests alone
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { greyPng } from '../../../tests/hostile/pngBytes'
import type { SketchDocument } from '../../editor/document'
import { openStorage } from '../storage'
import { documentOf, strokeOf } from '../testing'
import { importFile } from './importFile'
import { exportDatabase, exportProject } from './project'
import { exportSvg } from './svg/exportSvg'
import type { ImportOptions, ImportResult } from './types'

const options: ImportOptions = {
  decodeImage: async (file) => {
    const { width, height, data } = PNG.sync.read(Buffer.from(await file.arrayBuffer()))
    return { width, height, data: Uint8ClampedArray.from(data) }
  },
}
const fileOf = (content: BlobPart, name: string, type = '') => new File([content], name, { type })

async function importDocument(file: File): Promise<Extract<ImportResult, { kind: 'document' }>> {
  const result = await importFile(file, options)
  if (result.kind !== 'document') throw new Error('expected a document')
  return result
}

async function importDatabase(file: File): Promise<Extract<ImportResult, { kind: 'database' }>> {
  const result = await importFile(file, options)
  if (result.kind !== 'database') throw new Error('expected a database')
  return result
}

const sketch: SketchDocument = { ...documentOf('d1', ['a', 'b'], 'Zoë 李'), tags: ['x', 'y'] }

describe('importFile', () => {
  it('brings a project back under a new id, look included', async () => {
    const look = { age: 34, skin: [200, 150, 120] as const, beard: null, background: 'studio' }
    const { document, look: imported, source } = await importDocument(fileOf(exportProject({ document: sketch, look }), 'any.json'))
    expect(source).toBe('project')
    expect(document.id).not.toBe(sketch.id)
    expect(document).toEqual({ ...sketch, id: document.id })
    expect(imported).toEqual(look)
  })

  it('brings the chosen tolerance back, and nothing improper in its place', async () => {
    const text = exportProject({ document: sketch, look: {}, tolerance: { jaw: 0.25 } })
    expect(await importDocument(fileOf(text, 'a.json'))).toMatchObject({ tolerance: { jaw: 0.25 } })
    expect(await importDocument(fileOf(text.replace('0.25', '7'), 'a.json'))).not.toHaveProperty('tolerance')
  })

  it('goes by the content: a project without a type or with a wrong one, with a byte order mark, in UTF-16', async () => {
    const text = exportProject({ document: sketch, look: {} })
    const utf16 = Uint8Array.from(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
    for (const file of [fileOf(text, 'a.png', 'image/png'), fileOf(`\uFEFF${text}`, 'a'), fileOf(utf16, 'a.txt')]) {
      expect((await importDocument(file)).document.strokes).toEqual(sketch.strokes)
    }
  })

  it('ignores what it does not know, prototypes above all', async () => {
    const text = exportProject({ document: sketch, look: {} })
      .replace('"look": {}', '"look": {"__proto__": 1, "constructor": 2, "age": 30, "bad": {"a": 1}, "nan": "x", "deep": [[1]]}')
      .replace('"format"', '"__proto__": {"polluted": true}, "extra": 1, "format"')
      .replace('"part"', '"__proto__": {"points": []}, "toString": 1, "part"')
    const { document, look } = await importDocument(fileOf(text, 'a.json'))
    expect(document.strokes).toEqual(sketch.strokes)
    expect(look).toEqual({ age: 30, nan: 'x' })
    expect(Object.keys(document.strokes[0] ?? {}).sort()).toEqual(['id', 'part', 'partIsChosen', 'points', 'usesPressure', 'widthPx'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('repairs what can be: ids that clash or lack, pressures out of range, a long name', async () => {
    const strokes = [strokeOf('same', { points: [1, 2, 7] }), strokeOf('same'), { ...strokeOf('x'), id: 5 }]
    const text = JSON.stringify({ format: 'face-studio-project', version: 1, document: { ...sketch, name: 'n'.repeat(999), strokes } })
    const { document } = await importDocument(fileOf(text, 'a.json'))
    expect(new Set(document.strokes.map(({ id }) => id)).size).toBe(3)
    expect(document.strokes[0]?.points).toEqual([1, 2, 1])
    expect(document.name).toHaveLength(200)
  })

  it('brings our SVG back and names a foreign one after its file', async () => {
    const ours = await importDocument(fileOf(exportSvg(sketch), 'x.svg', 'image/svg+xml'))
    expect(ours.document).toEqual({ ...sketch, id: ours.document.id })
    expect(ours.source).toBe('svg')
    const foreign = await importDocument(fileOf('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9"/></svg>', 'my.face.svg'))
    expect(foreign.document.name).toBe('my.face')
  })

  it('traces a picture and names it after its file', async () => {
    const bytes = greyPng(256, 256, (x, y) => (Math.abs(x - y) < 2 ? 0 : 255))
    const { document, source } = await importDocument(fileOf(bytes, 'Scan 1.png'))
    expect(source).toBe('image')
    expect(document.name).toBe('Scan 1')
    expect(document.strokes).toHaveLength(1)
    const unnamed = await importFile(new Blob([bytes]), options)
    expect(unnamed).toMatchObject({ kind: 'document', document: { name: '' } })
  })

  it('gives the decoder the true type of a misnamed picture, and its checked size', async () => {
    const seen: unknown[] = []
    const file = fileOf(
      greyPng(64, 32, (x, y) => (x === y ? 0 : 255)),
      'a.jpg',
      'image/jpeg',
    )
    await importFile(file, {
      decodeImage: async (blob, size) => {
        seen.push(blob.type, size.width, size.height)
        throw new Error('no')
      },
    }).catch(() => undefined)
    expect(seen).toEqual(['image/png', 64, 32])
  })
})

describe('the whole database as one file', () => {
  async function filled() {
    const storage = await openStorage({ inMemory: true })
    for (const id of ['one', 'two', 'three']) {
      await (await storage.sketches.create({ ...sketch, id, name: id }, { look: { age: id.length } })).close()
    }
    await storage.sketches.delete('three')
    return storage
  }

  it('goes out and comes back into an empty one, times and looks included', async () => {
    const storage = await filled()
    const progress: number[] = []
    const file = await exportDatabase(storage.sketches, (done, total) => progress.push(done / total))
    expect(progress).toEqual([0.5, 1])
    const { projects, problems } = await importDatabase(fileOf(file, 'all.json'))
    expect(problems).toEqual([])
    const other = await openStorage({ inMemory: true })
    expect(await other.sketches.merge(projects)).toEqual({ added: 2, alreadyThere: 0, renumbered: 0 })
    const { items } = await storage.sketches.list()
    expect((await other.sketches.list()).items).toEqual(items)
    for (const { id } of items) expect(await other.sketches.read(id)).toEqual(await storage.sketches.read(id))
    expect(await other.sketches.merge(projects)).toEqual({ added: 0, alreadyThere: 2, renumbered: 0 })
  })

  it('reports the sketches that cannot be read and gives the others', async () => {
    const text = await (await exportDatabase((await filled()).sketches)).text()
    const raw = JSON.parse(text)
    raw.sketches[1].document.strokes[0].points[0] = 'x'
    const { projects, problems } = await importDatabase(fileOf(JSON.stringify(raw), 'all.json'))
    expect(projects).toHaveLength(1)
    expect(problems).toMatchObject([{ place: 2, name: raw.sketches[1].document.name, message: expect.stringContaining('coordinates') }])
  })

  it('may be larger than other files', async () => {
    const text = await (await exportDatabase((await filled()).sketches)).text()
    const file = fileOf(text + ' '.repeat(21 * 1024 * 1024), 'all.json')
    expect((await importDatabase(file)).projects).toHaveLength(2)
  })
})
