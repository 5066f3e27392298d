/** What is imported as a model is checked whole before anything is kept. */

import 'fake-indexeddb/auto'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createPictureModel } from '../inference/testPictureModel'
import { openOwnModels } from '../storage/ownModels'
import { freshDatabaseName } from '../storage/testing'
import { keepArchive, zipped } from './parts/modelArchive'

async function archive(change: (files: Record<string, Uint8Array>) => void = () => undefined): Promise<Uint8Array> {
  const { files } = await createPictureModel({ id: 'toon' })
  const entries = Object.fromEntries([...files].map(([name, data]) => [`some/where/${name}`, new Uint8Array(data)]))
  entries['some/where/toon/card.md'] = new TextEncoder().encode('# Toon')
  change(entries)
  return zipSync(entries)
}

const fine = async () => undefined

describe('a zip with a model', () => {
  it('is kept under an id of its own, and comes out as it went in', async () => {
    const models = await openOwnModels(freshDatabaseName())
    const id = await keepArchive(await archive(), models, fine)
    const [row] = await models.list()
    expect(row).toMatchObject({ id, name: 'Toon', role: 'picture', style: 'cartoon', parent: null })
    const out = unzipSync(new Uint8Array(await (await zipped(models, id)).arrayBuffer()))
    expect(Object.keys(out).sort()).toEqual(['Toon/card.md', 'Toon/generator-0.bin', 'Toon/golden.bin', 'Toon/manifest.json'])
    expect(JSON.parse(new TextDecoder().decode(out['Toon/manifest.json'])).id).toBe(id)
    models.close()
  })

  const cases: [string, RegExp, (files: Record<string, Uint8Array>) => void][] = [
    ['without a manifest', /no manifest.json/, (files) => Reflect.deleteProperty(files, 'some/where/toon/manifest.json')],
    ['without its weights', /generator-0.bin is missing/, (files) => Reflect.deleteProperty(files, 'some/where/toon/generator-0.bin')],
    ['with a byte changed', /damaged/, (files) => void (files['some/where/toon/generator-0.bin'] as Uint8Array).fill(9, 0, 8)],
  ]
  it.each(cases)('%s is refused, and nothing is kept', async (_, message, change) => {
    const models = await openOwnModels(freshDatabaseName())
    await expect(keepArchive(await archive(change), models, fine)).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringMatching(message),
    })
    expect(await models.list()).toEqual([])
    models.close()
  })

  it('that gives other output than it should is refused, and what is no zip too', async () => {
    const models = await openOwnModels(freshDatabaseName())
    await expect(keepArchive(await archive(), models, () => Promise.reject(new Error('wrong by 0.3')))).rejects.toThrow('wrong by 0.3')
    await expect(keepArchive(Uint8Array.of(1, 2, 3), models, fine)).rejects.toMatchObject({ code: 'model-broken' })
    expect(await models.list()).toEqual([])
    models.close()
  })
})
