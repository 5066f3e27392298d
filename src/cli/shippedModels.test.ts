/**
 * Every model in `public/models`: whatever the index lists has all its files with their hashes, and gives its golden face on wasm. The fixture was computed
 * by the PyTorch twin from the weights as they are stored, 8-bit ones too.
 */

import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseBackend } from '../inference/backends'
import { loadIndex, loadModel, loadNetwork } from '../inference/loadModel'
import { openSession } from '../inference/openSession'
import { BACKEND_TRAITS } from '../shared/backends'
import { nodeBackends, readFrom } from './platform'

const folder = new URL('../../public/models/', import.meta.url)
const read = readFrom(decodeURIComponent(folder.pathname))
const index = await loadIndex(read)

describe.each(index.models.map(({ id, role, name }) => ({ id, role, name })))('the shipped model $id', ({ id, role, name }) => {
  it('is what the index says, with every file that its manifest names', async () => {
    const { manifest } = await loadModel(read, id)
    expect(manifest).toMatchObject({ id, role, name })
    expect(existsSync(new URL(`${id}/${manifest.card}`, folder))).toBe(true)
    for (const [name, network] of Object.entries(manifest.networks)) {
      const params = await loadNetwork(read, id, network)
      expect(
        [...params.values()].every((values) => values.every(Number.isFinite)),
        name,
      ).toBe(true)
    }
  })

  it('gives its golden face', async () => {
    const { session, trials } = await chooseBackend(nodeBackends(), await loadModel(read, id), { force: 'wasm', exclude: [] }, openSession)
    expect(trials.at(-1)).toMatchObject({ backend: 'wasm', outcome: 'chosen' })
    expect(await session.goldenDifference()).toBeLessThan(BACKEND_TRAITS.wasm.selfTestTolerance)
    session.dispose()
  })
})

/** What a person downloads at most. */
const MOST_BYTES = 56_000_000

describe('the shipped models', () => {
  it('are small enough to ship', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0)
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('start with a live one and have at most one fine one', () => {
    expect(index.models.find(({ id }) => id === index.defaultId)?.role).toBe('live')
    expect(index.models.filter(({ role }) => role === 'fine').length).toBeLessThanOrEqual(1)
  })
})
