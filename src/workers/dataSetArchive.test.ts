import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { strToU8, unzipSync, zipSync } from 'fflate'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../faces/meanFace'
import { faceRegions } from '../faces/photoSketch'
import { resizeSquare } from '../shared/image'
import { openDataSets } from '../storage/dataSets'
import { freshDatabaseName } from '../storage/testing'
import { openArchive, packSet } from './parts/dataSetArchive'

const png = (sizePx: number) => Uint8Array.from(PNG.sync.write(new PNG({ width: sizePx, height: sizePx })))
const picture = (sizePx: number) => ({ mime: 'image/png', bytes: png(sizePx) }) as const
const landmarks = Array.from({ length: 136 }, (_, i) => i / 200)
// Real ones: some that fflate's stream wrote could not be read again.
const regions = faceRegions(resizeSquare(jpeg.decode(readFileSync('public/example/person.jpg')), 256), MEAN_LANDMARKS)
const noThumbnails = async () => ({ a: null, b: null })
const pairs = [
  { id: 'x', name: 'Anna / 1', heldOut: true, a: picture(64), b: picture(65), landmarks, regions },
  { id: 'y', name: 'Ben', heldOut: false, a: picture(66), b: picture(67), landmarks: null, regions: null },
]

async function packed() {
  const sets = await openDataSets(freshDatabaseName())
  const id = await sets.createWith({ name: 'Ink', kind: 'pairs' }, pairs, new Map())
  return { sets, id, bytes: new Uint8Array(await (await packSet(sets, id)).arrayBuffer()) }
}

/** The zip with one of its files replaced. */
function changed(bytes: Uint8Array, path: string, change: (text: string) => string | null): Uint8Array {
  const files = unzipSync(bytes)
  const text = change(new TextDecoder().decode(files[path]))
  if (text === null) delete files[path]
  else files[path] = strToU8(text)
  return zipSync(files)
}

describe('a data set as a zip', () => {
  it('comes back whole, and is folders A and B to any other program', async () => {
    const { sets, id, bytes } = await packed()
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual([
      ...['A/0001-Anna 1.png', 'A/0002-Ben.png', 'B/0001-Anna 1.png', 'B/0002-Ben.png', 'dataset.json', 'regions/0001-Anna 1.bin'],
    ])
    const { set, files } = await openArchive(bytes, sets, noThumbnails, null)
    expect([set?.name, set?.items, files]).toEqual(['Ink', 2, []])
    expect(set?.id).not.toBe(id)
    const back = (await sets.items(set?.id ?? '')).toSorted((one, other) => one.name.localeCompare(other.name))
    expect(back.map(({ id: _, dataSetId: __, ...item }) => item)).toEqual(pairs.map(({ id: _, ...item }) => item))
    sets.close()
  })

  it('still has sketches on side A', async () => {
    const sets = await openDataSets(freshDatabaseName())
    const id = await sets.create('Sketches', 'pairs', 'sketch')
    await sets.putItems(pairs.map((item) => ({ ...item, dataSetId: id })))
    const { set } = await openArchive(new Uint8Array(await (await packSet(sets, id)).arrayBuffer()), sets, noThumbnails, null)
    expect((await sets.list()).find((one) => one.id === set?.id)).toMatchObject({ kind: 'pairs', sideA: 'sketch' })
    sets.close()
  })

  it('packed anew with a folder round it is the same', async () => {
    const { sets, bytes } = await packed()
    const inside = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [`Ink/${path}`, file]))
    expect((await openArchive(zipSync(inside), sets, noThumbnails, null)).set?.items).toBe(2)
    sets.close()
  })

  it('changes nothing when it is damaged, and says why', async () => {
    const { sets, bytes } = await packed()
    const refused = async (zip: Uint8Array, sentence: RegExp) => {
      await expect(openArchive(zip, sets, noThumbnails, null)).rejects.toMatchObject({
        code: 'bad-project',
        message: expect.stringMatching(sentence),
      })
      expect(await sets.list()).toHaveLength(1)
    }
    await refused(
      changed(bytes, 'B/0002-Ben.png', () => null),
      /B\/0002-Ben.png is missing/,
    )
    await refused(
      changed(bytes, 'B/0002-Ben.png', () => 'hello, I am long enough'),
      /is no picture/,
    )
    await refused(
      changed(bytes, 'regions/0001-Anna 1.bin', () => 'short'),
      /regions have another size/,
    )
    await refused(
      changed(bytes, 'dataset.json', (text) => text.replace('"pairs"', '"trios"')),
      /kind/,
    )
    await refused(
      changed(bytes, 'dataset.json', (text) => text.replace('A/0002-Ben.png', '__proto__')),
      /missing/,
    )
    await refused(
      changed(bytes, 'dataset.json', (text) => text.replace(/"a":"A\/0002-Ben.png"/, '"a":null')),
      /Ben lacks a picture/,
    )
    sets.close()
  })

  it('does not begin what has no room', async () => {
    const { sets, bytes } = await packed()
    await expect(openArchive(bytes, sets, noThumbnails, 1000)).rejects.toMatchObject({ code: 'storage-full' })
    expect(await sets.list()).toHaveLength(1)
    sets.close()
  })
})

describe('any other zip', () => {
  it('is a heap of files, also with a dataset.json of somebody else', async () => {
    const sets = await openDataSets(freshDatabaseName())
    for (const description of ['{"images": []}', 'not json', '[]']) {
      const zip = zipSync({ 'faces/A/1.png': png(8), 'faces/dataset.json': strToU8(description) })
      const { set, files } = await openArchive(zip, sets, noThumbnails, 10)
      expect([set, files.map(({ path }) => path)]).toEqual([null, ['faces/A/1.png', 'faces/dataset.json']])
    }
    sets.close()
  })

  it('is refused in words when it is none, or a bomb', async () => {
    const sets = await openDataSets(freshDatabaseName())
    const open = (bytes: Uint8Array) => openArchive(bytes, sets, noThumbnails, null)
    await expect(open(strToU8('no zip at all'))).rejects.toMatchObject({ code: 'unknown-file-type' })
    await expect(open(new Uint8Array())).rejects.toMatchObject({ code: 'unknown-file-type' })
    const bomb = zipSync({ 'a.png': new Uint8Array(70 * 2 ** 20) })
    expect(bomb.byteLength).toBeLessThan(200_000)
    await expect(open(bomb)).rejects.toMatchObject({ code: 'file-too-large' })
    // One that says it is small is cut off at what it says.
    const liar = bomb.slice()
    const view = new DataView(liar.buffer)
    const directory = view.getUint32(liar.length - 6, true)
    view.setUint32(directory + 24, 100, true)
    await expect(open(liar).then(({ files }) => files.every(({ bytes }) => bytes.byteLength <= 100))).resolves.toBe(true)
    sets.close()
  })
})
