/** The second worker beside the live one, both the real inference service over real message channels; only the thread boundary is missing. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BackendSetups, SetUp } from '../inference/backends'
import { InferenceService } from '../inference/service'
import { PLAIN } from '../inference/session'
import { cpuSetup } from '../inference/setups/cpu'
import { wasmSetup } from '../inference/setups/wasm'
import { sha256Of } from '../inference/sha256'
import { createTestModel, crossSketch, installed, readFrom, TEST_SIZE_PX, TOLERANT_CONFIG } from '../inference/testModel'
import { InferenceClient } from './client'
import type { GenerateRequest, InferenceWorkerApi, MakeRequest, ModelSummary, StartOptions } from './protocol'
import { TestWorker } from './testWorker'
import type { InferenceTimeouts } from './watchdog'

const wasmFolder = decodeURIComponent(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
const REAL: BackendSetups = { wasm: wasmSetup(wasmFolder), cpu: cpuSetup }
const START: StartOptions = { modelsUrl: 'memory:/', modelId: null, forceBackend: null, exclude: [] }
const SMALL_PX = 16

let files: Map<string, ArrayBuffer>
const clients: InferenceClient[] = []

beforeAll(async () => {
  files = installed(
    await createTestModel({ id: 'live' }),
    await createTestModel({ id: 'fine', role: 'fine', config: TOLERANT_CONFIG, dtype: 'int8' }),
    await createTestModel({ id: 'small', role: 'comparison', sizePx: SMALL_PX }),
  )
})
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose()
})

interface Setting {
  files?: Map<string, ArrayBuffer>
  setups?: BackendSetups
  timeouts?: Partial<InferenceTimeouts>
  idleMs?: number
  modelId?: string
  /** What the nth worker, from 0, is in place of the plain service. */
  wrap?: (service: InferenceWorkerApi, n: number) => InferenceWorkerApi
}

/** A client whose live model is ready. */
async function ready({ files: stored = files, setups = REAL, timeouts = {}, idleMs, modelId, wrap = (service) => service }: Setting = {}) {
  const workers: TestWorker[] = []
  const calls: string[] = []
  const spawn = () => {
    const n = workers.length
    const service = wrap(new InferenceService({ setups, readFrom: () => readFrom(stored) }), n)
    workers.push(new TestWorker(noted(service, n, calls)))
    return workers[n] as TestWorker
  }
  const client = new InferenceClient(spawn, timeouts, idleMs)
  clients.push(client)
  client.start({ ...START, modelId: modelId ?? null })
  await live(client)
  return { client, workers, calls }
}

function noted(service: InferenceWorkerApi, n: number, calls: string[]): InferenceWorkerApi {
  return {
    start: (options, onEvent) => {
      calls.push(`${n} start ${options.modelId} without ${options.exclude.join(', ')}`)
      return service.start(options, onEvent)
    },
    load: (modelId, onEvent) => {
      calls.push(`${n} load ${modelId}`)
      return service.load(modelId, onEvent)
    },
    generate: (asked, modelId) => {
      calls.push(`${n} generate ${modelId} ${asked.revision}`)
      return service.generate(asked, modelId)
    },
    dispose: () => service.dispose(),
  }
}

/** A service whose faces wait to be let go. */
function held(service: InferenceWorkerApi) {
  let letGo: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const api: InferenceWorkerApi = {
    start: (...args) => service.start(...args),
    load: (...args) => service.load(...args),
    generate: (...args) => gate.then(() => service.generate(...args)),
    dispose: () => service.dispose(),
  }
  return { api, letGo: () => letGo() }
}

function live(client: InferenceClient): Promise<void> {
  return new Promise((resolve) => {
    const check = () => client.store.getState().status === 'ready' && resolve()
    if (!check()) client.store.subscribe(check)
  })
}

const make =
  (revision: number, change: Partial<GenerateRequest> = {}): MakeRequest =>
  ({ sizePx }: ModelSummary) => ({
    revision,
    sketch: crossSketch(sizePx, revision),
    look: {},
    tolerance: null,
    locality: PLAIN,
    ...change,
  })
const request = (revision: number) => make(revision)({ sizePx: TEST_SIZE_PX } as ModelSummary) as GenerateRequest

describe('a second worker beside the live one', () => {
  it('refines only the faces of the model that the fine one belongs to', async () => {
    const fine = await createTestModel({ id: 'fine', role: 'fine', config: TOLERANT_CONFIG })
    const of = async (refines: string) => {
      const { client } = await ready({ files: installed(await createTestModel({ id: 'live' }), { ...fine, refines }) })
      return client.fineModel()
    }
    expect(await of('live')).toMatchObject({ id: 'fine', refines: 'live' })
    expect(await of('another')).toBeNull()
  })

  it('starts with the first request, on the back end of the live worker, and loads each model once', async () => {
    const { client, workers, calls } = await ready()
    expect(workers).toHaveLength(1)
    expect(client.fineModel()).toMatchObject({ id: 'fine', role: 'fine' })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1, sizePx: TEST_SIZE_PX, change: null })
    expect(await client.compare('small', make(2))).toMatchObject({ revision: 2, sizePx: SMALL_PX })
    expect(await client.compare('live', make(3))).toMatchObject({ revision: 3, sizePx: TEST_SIZE_PX })
    expect(await client.refine(make(4))).toMatchObject({ revision: 4 })
    expect(workers).toHaveLength(2)
    expect(workers[1]?.watched).toBe(true)
    expect(calls).toEqual([
      '0 start null without ',
      '1 start fine without webgpu, webgl, cpu',
      '1 generate fine 1',
      '1 load small',
      '1 generate small 2',
      '1 load live',
      '1 generate live 3',
      '1 generate fine 4',
    ])
    expect(client.companion.getState()).toEqual({ loading: null, failures: {} })
  })

  it('gives the faces of the model that was asked', async () => {
    const { client } = await ready()
    const [asLive, fine] = [await client.compare('live', make(1)), await client.refine(make(1))]
    expect(asLive?.pixels).toEqual((await client.generate(request(1)))?.pixels)
    expect(fine?.pixels).not.toEqual(asLive?.pixels)
    const loose = { jaw: 1, brows: 1, eyes: 1, nose: 1, mouth: 1, rest: 1 }
    expect((await client.refine(make(1, { tolerance: loose })))?.pixels).not.toEqual(fine?.pixels)
  })

  it('tells the model what it can do when it makes the request, and how far loading is', async () => {
    const { client } = await ready()
    const fractions: number[] = []
    client.companion.subscribe(({ loading }) => loading?.modelId === 'fine' && fractions.push(loading.fraction))
    let seen: ModelSummary | null = null
    expect(
      await client.refine((model) => {
        seen = model
        return null
      }),
    ).toBeNull()
    expect(seen).toMatchObject({ id: 'fine', role: 'fine', sizePx: TEST_SIZE_PX, tolerance: { defaults: { jaw: 0.5, eyes: 0.1 } } })
    expect(fractions[0]).toBe(0)
    expect(fractions.at(-1)).toBe(1)
  })

  it('answers the first and the newest of a burst for each model, made when their turn has come', async () => {
    const { client, calls } = await ready()
    const made: number[] = []
    const noting =
      (revision: number): MakeRequest =>
      (model) => {
        made.push(revision)
        return make(revision)(model)
      }
    const answers = [1, 2, 3].map((revision) => client.refine(noting(revision)))
    const compared = [4, 5, 6].map((revision) => client.compare('small', noting(revision)))
    expect((await Promise.all(answers)).map((face) => face?.revision ?? null)).toEqual([1, null, 3])
    expect((await Promise.all(compared)).map((face) => face?.revision ?? null)).toEqual([4, null, 6])
    expect([...made].sort()).toEqual([1, 3, 4, 6])
    expect(calls.filter((call) => call.startsWith('1 generate'))).toHaveLength(4)
  })

  it('never lets a live face wait', async () => {
    let letGo = () => {}
    const { client } = await ready({
      wrap: (service, n) => {
        if (n === 0) return service
        const gated = held(service)
        letGo = gated.letGo
        return gated.api
      },
    })
    let refined = false
    const fine = client.refine(make(1)).finally(() => {
      refined = true
    })
    for (const revision of [2, 3, 4]) expect(await client.generate(request(revision))).toMatchObject({ revision })
    expect(refined).toBe(false)
    letGo()
    expect(await fine).toMatchObject({ revision: 1 })
  })

  it('starts another worker after a crash, and gives a model up that crashes again', async () => {
    const { client, workers } = await ready({
      wrap: (service, n) => (n === 0 ? service : { ...held(service).api, load: (...args) => service.load(...args) }),
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
    const { client, workers } = await ready({ timeouts: { generateMs: () => generateMs } })
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
    const { client, workers } = await ready({ setups: { webgpu: fragile } })
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
    const { client } = await ready({ setups: { ...REAL, webgpu: oneDevice } })
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
    expect(await client.compare('small', make(3))).toMatchObject({ revision: 3 })
    await expect(client.compare('nobody', make(4))).rejects.toMatchObject({ code: 'model-not-found' })
    expect(workers).toHaveLength(2)
    expect(calls.filter((call) => call.includes('fine'))).toHaveLength(1)
  })

  it('refuses a model that does not give its golden face', async () => {
    const [small, wrong] = await Promise.all([createTestModel({ id: 'small' }), createTestModel({ id: 'wrong' })])
    wrong.files.set('wrong/golden.bin', new ArrayBuffer((wrong.files.get('wrong/golden.bin') as ArrayBuffer).byteLength))
    wrong.manifest.golden.sha256 = await sha256Of(wrong.files.get('wrong/golden.bin') as ArrayBuffer)
    wrong.rewrite()
    const { client } = await ready({ files: installed(small, wrong) })
    expect(await client.compare('small', make(1))).toMatchObject({ revision: 1 })
    await expect(client.compare('wrong', make(2))).rejects.toMatchObject({ code: 'self-test-failed' })
  })

  it('rejects a bad request and goes on', async () => {
    const { client, workers } = await ready()
    await expect(client.refine(make(1, { sketch: new Uint8ClampedArray(3) }))).rejects.toMatchObject({ code: 'bad-request' })
    await expect(
      client.refine(() => {
        throw new Error('no drawing')
      }),
    ).rejects.toThrow('no drawing')
    expect(await client.refine(make(2))).toMatchObject({ revision: 2 })
    expect(workers).toHaveLength(2)
  })

  it('ends when nobody has asked for a while, and starts again', async () => {
    const { client, workers } = await ready({ idleMs: 40 })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    expect(workers[1]?.terminated).toBe(false)
    await until(() => workers[1]?.terminated === true)
    expect(workers[0]?.terminated).toBe(false)
    expect(await client.refine(make(2))).toMatchObject({ revision: 2 })
    expect(workers).toHaveLength(3)
  })

  it('ends with the live worker', async () => {
    const { client, workers } = await ready()
    await client.refine(make(1))
    client.dispose()
    expect(workers.every(({ terminated }) => terminated)).toBe(true)
    await expect(client.compare('small', make(2))).rejects.toMatchObject({ code: 'internal' })
  })

  it('starts no worker for requests that were given up before their turn', async () => {
    const { client, workers } = await ready()
    const asked = [client.refine(make(1)), client.compare('small', make(2))]
    client.dispose()
    for (const face of asked) await expect(face).rejects.toMatchObject({ code: 'internal' })
    expect(workers).toHaveLength(1)
  })

  it('starts one worker, not two, after one that ran out of memory while others waited', async () => {
    const { client, workers, calls } = await ready({
      wrap: (service, n) => ({
        start: (...args) => service.start(...args),
        load: (...args) => service.load(...args),
        generate: (...args) => (n === 1 ? Promise.reject({ code: 'out-of-memory', message: 'full' }) : service.generate(...args)),
        dispose: () => service.dispose(),
      }),
    })
    const asked = [client.refine(make(1)), client.compare('small', make(2))]
    for (const face of asked) await expect(face).rejects.toMatchObject({ code: 'out-of-memory' })
    expect(workers[1]?.terminated).toBe(true)
    expect(await client.compare('small', make(3))).toMatchObject({ revision: 3 })
    expect(workers).toHaveLength(3)
    expect(calls.filter((call) => call.includes(' generate small'))).toEqual(['2 generate small 3'])
  })

  it('refines nothing for a model that is not live itself, without a fine model, and on plain JavaScript', async () => {
    const { client, workers } = await ready({ modelId: 'small' })
    expect(client.fineModel()).toBeNull()
    expect(await client.refine(make(1))).toBeNull()
    expect(workers).toHaveLength(1)
    const alone = await ready({ files: installed(await createTestModel({ id: 'live' })) })
    expect(await alone.client.refine(make(1))).toBeNull()
    const slow = await ready({ setups: { cpu: cpuSetup } })
    expect(await slow.client.refine(make(1))).toBeNull()
    expect(await slow.client.compare('small', make(2))).toMatchObject({ revision: 2 })
  })
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
