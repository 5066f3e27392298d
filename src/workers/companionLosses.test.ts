/** What happens when the second worker, its device or a model of it is lost: whoever asked is told, and the live worker does not notice. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SetUp } from '../inference/backends'
import { cpuSetup } from '../inference/setups/cpu'
import { createTestModel, installed } from '../inference/testModel'
import { sha256Of } from '../shared/sha256'
import { disposeClients, held, live, make, REAL, ready, request, threeModels, until } from './testCompanion'
import { changed } from './testWorker'

let files: Map<string, ArrayBuffer>

beforeAll(async () => {
  files = await threeModels()
})
afterEach(disposeClients)

describe('a second worker that fails', () => {
  it('starts another worker after a crash, and gives a model up that crashes again', async () => {
    const { client, workers } = await ready({
      files,
      wrap: (service, n) => (n === 0 ? service : held(service).api),
    })
    for (const n of [1, 2]) {
      const inFlight = client.refine(make(n))
      const pending = client.refine(make(n + 10))
      await until(() => workers.length === n + 1 && workers[n]?.watched === true)
      workers[n]?.crash()
      await expect(inFlight).rejects.toMatchObject({ code: 'worker-crashed' })
      await expect(pending).rejects.toMatchObject({ code: 'worker-crashed' })
      expect(workers[n]?.terminated).toBe(true)
    }
    await expect(client.refine(make(3))).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(workers).toHaveLength(3)
    expect(client.companion.getState().failures.fine?.message).toContain('it was killed')
    // The live model does not notice, and a fresh start by hand forgets it.
    expect(client.store.getState()).toMatchObject({ status: 'ready', error: null })
    expect(await client.generate(request(4))).toMatchObject({ revision: 4 })
    expect(workers[0]?.terminated).toBe(false)
    client.restart()
    await live(client)
    expect(client.companion.getState().failures).toEqual({})
  })

  it('notices a worker that died without a word', async () => {
    let generateMs = 60_000
    const { client, workers } = await ready({ files, timeouts: { generateMs: () => generateMs } })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    workers[1]?.fallSilent()
    generateMs = 80
    await expect(client.refine(make(2))).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(client.companion.getState().failures.fine?.message).toContain('gave no answer in time')
    generateMs = 60_000
    expect(await client.refine(make(3))).toMatchObject({ revision: 3 })
    expect(client.companion.getState().failures).toEqual({})
  })

  it('leaves a worker whose device was lost while nobody asked', async () => {
    const losers: ((reason: string) => void)[] = []
    const fragile: SetUp = async () => {
      await cpuSetup(false)
      return { outcome: 'ready', detail: 'fragile', onLost: (listener) => losers.push(listener) }
    }
    const { client, workers } = await ready({ files, setups: { webgpu: fragile } })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    losers[1]?.('the driver was reset')
    await until(() => workers[1]?.terminated === true)
    expect(workers[0]?.terminated).toBe(false)
    expect(await client.refine(make(2))).toMatchObject({ revision: 2 })
    expect(client.companion.getState().failures).toEqual({})
  })

  it('takes the next back end when the live one cannot be had twice', async () => {
    let devices = 0
    const oneDevice: SetUp = async (accept) => (devices++ === 0 ? cpuSetup(accept) : { outcome: 'unavailable', detail: 'no second device' })
    const { client } = await ready({ files, setups: { ...REAL, webgpu: oneDevice } })
    expect(client.store.getState().description?.backend).toBe('webgpu')
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    expect(devices).toBe(2)
  })

  it('gives a damaged model up at once and serves the others', async () => {
    const damaged = new Map(files).set('fine/weights-0.bin', new ArrayBuffer(8))
    const { client, workers, calls } = await ready({ files: damaged })
    await expect(client.refine(make(1))).rejects.toMatchObject({ code: 'model-broken' })
    await expect(client.refine(make(2))).rejects.toMatchObject({ code: 'model-broken' })
    expect(client.companion.getState()).toMatchObject({ loading: null, failures: { fine: { code: 'model-broken' } } })
    expect(await client.compare({ shipped: 'small' }, make(3))).toMatchObject({ revision: 3 })
    await expect(client.compare({ shipped: 'nobody' }, make(4))).rejects.toMatchObject({ code: 'model-not-found' })
    expect(workers).toHaveLength(2)
    expect(calls.filter((call) => call.includes('fine'))).toHaveLength(1)
  })

  it('refuses a model that does not give its golden face', async () => {
    const [small, wrong] = await Promise.all([createTestModel({ id: 'small' }), createTestModel({ id: 'wrong' })])
    wrong.files.set('wrong/golden.bin', new ArrayBuffer((wrong.files.get('wrong/golden.bin') as ArrayBuffer).byteLength))
    wrong.manifest.golden.sha256 = await sha256Of(wrong.files.get('wrong/golden.bin') as ArrayBuffer)
    wrong.rewrite()
    const { client } = await ready({ files: installed(small, wrong) })
    expect(await client.compare({ shipped: 'small' }, make(1))).toMatchObject({ revision: 1 })
    await expect(client.compare({ shipped: 'wrong' }, make(2))).rejects.toMatchObject({ code: 'self-test-failed' })
  })

  it('rejects a bad request and goes on', async () => {
    const { client, workers } = await ready({ files })
    await expect(client.refine(make(1, { sketch: new Uint8ClampedArray(3) }))).rejects.toMatchObject({ code: 'bad-request' })
    await expect(
      client.refine(() => {
        throw new Error('no drawing')
      }),
    ).rejects.toThrow('no drawing')
    expect(await client.refine(make(2))).toMatchObject({ revision: 2 })
    expect(workers).toHaveLength(2)
  })

  it('starts no worker for requests that were given up before their turn', async () => {
    const { client, workers } = await ready({ files })
    const asked = [client.refine(make(1)), client.compare({ shipped: 'small' }, make(2))]
    client.dispose()
    for (const face of asked) await expect(face).rejects.toMatchObject({ code: 'internal' })
    expect(workers).toHaveLength(1)
  })

  it('starts one worker, not two, after one that ran out of memory while others waited', async () => {
    const { client, workers, calls } = await ready({
      files,
      wrap: (service, n) =>
        n === 1 ? changed(service, { generate: () => Promise.reject({ code: 'out-of-memory', message: 'full' }) }) : service,
    })
    const asked = [client.refine(make(1)), client.compare({ shipped: 'small' }, make(2))]
    for (const face of asked) await expect(face).rejects.toMatchObject({ code: 'out-of-memory' })
    expect(workers[1]?.terminated).toBe(true)
    expect(await client.compare({ shipped: 'small' }, make(3))).toMatchObject({ revision: 3 })
    expect(workers).toHaveLength(3)
    expect(calls.filter((call) => call.includes(' generate small'))).toEqual(['2 generate small 3'])
  })
})
