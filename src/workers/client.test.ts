/** The client against the real inference service over a real message channel; only the thread boundary is missing. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BackendSetups, SetUp } from '../inference/backends'
import { InferenceService } from '../inference/service'
import { PLAIN } from '../inference/session'
import { cpuSetup } from '../inference/setups/cpu'
import { wasmSetup } from '../inference/setups/wasm'
import { createTestModel, crossSketch, readFrom, TEST_SIZE_PX, type TestModel } from '../inference/testModel'
import type { ErrorCode } from '../shared/errors'
import { InferenceClient, type InferenceState } from './client'
import type { GenerateRequest, InferenceWorkerApi, StartOptions } from './protocol'
import { changed, TestWorker } from './testWorker'
import type { InferenceTimeouts } from './timeouts'

const wasmFolder = decodeURIComponent(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
const REAL: BackendSetups = { wasm: wasmSetup(wasmFolder), cpu: cpuSetup }
const START: StartOptions = { modelsUrl: 'memory:/', model: null, forceBackend: null, exclude: [] }

let model: TestModel
const clients: InferenceClient[] = []

beforeAll(async () => {
  model = await createTestModel()
})
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose()
})

interface Setting {
  checkpoints?: TestModel['files']
  setups?: BackendSetups
  timeouts?: Partial<InferenceTimeouts>
  files?: TestModel['files']
  wrap?: (service: InferenceWorkerApi) => InferenceWorkerApi | null
}

function setting({ checkpoints, setups = REAL, timeouts = {}, files = model.files, wrap = (service) => service }: Setting = {}) {
  const workers: TestWorker[] = []
  const states: InferenceState[] = []
  const spawn = () => {
    const worker = new TestWorker(
      wrap(
        new InferenceService({
          setups,
          sources: () => ({ shipped: readFrom(files), ...(checkpoints && { checkpoints: readFrom(checkpoints) }) }),
        }),
      ),
    )
    workers.push(worker)
    return worker
  }
  const client = new InferenceClient(spawn, timeouts)
  client.store.subscribe((state) => states.push(state))
  clients.push(client)
  return { client, workers, states }
}

function until<T extends InferenceState['status']>(client: InferenceClient, status: T): Promise<Extract<InferenceState, { status: T }>> {
  return new Promise((resolve) => {
    const check = (state: InferenceState) => state.status === status && resolve(state as Extract<InferenceState, { status: T }>)
    if (!check(client.store.getState())) client.store.subscribe(check)
  })
}

/** The next time it is ready, after it was not. */
async function readyAgain(client: InferenceClient) {
  await until(client, 'starting')
  return until(client, 'ready')
}

function request(revision: number, change: Partial<GenerateRequest> = {}): GenerateRequest {
  return { revision, sketch: crossSketch(TEST_SIZE_PX, revision), look: {}, tolerance: null, locality: PLAIN, ...change }
}

describe('InferenceClient', () => {
  it('starts, tells how far it is, and answers a sketch with a face', async () => {
    const { client, states, workers } = setting()
    await expect(client.generate(request(0))).rejects.toMatchObject({ code: 'internal' })
    client.start(START)
    const { description, error } = await until(client, 'ready')
    expect(error).toBeNull()
    expect(description).toMatchObject({ backend: 'wasm', model: { id: 'tiny', sizePx: TEST_SIZE_PX }, models: [{ id: 'tiny' }] })
    expect(description.trials.map(({ outcome }) => outcome)).toEqual(['unavailable', 'unavailable', 'chosen'])
    expect(states.some((state) => state.status === 'starting' && state.stage === 'loading-weights' && state.fraction === 1)).toBe(true)
    expect(states.some((state) => state.status === 'starting' && state.stage === 'self-test' && state.backend === 'wasm')).toBe(true)
    expect(client.store.getState().description?.loaded).toMatchObject([{ ref: { shipped: 'tiny' }, lookFields: [{ id: 'age' }, {}, {}] }])

    expect(workers[0]?.watched).toBe(true)
    const asked = request(7)
    const face = await client.generate(asked)
    expect(face).toMatchObject({ revision: 7, sizePx: TEST_SIZE_PX, change: null })
    expect(face?.pixels.length).toBe(4 * TEST_SIZE_PX ** 2)
    expect(face?.elapsedMs).toBeGreaterThan(0)
    expect(asked.sketch.length).toBe(0) // Transferred.
  })

  it('answers the first and the newest of a burst, in order, and no other', async () => {
    const served: number[] = []
    const { client } = setting({
      wrap: (service) =>
        changed(service, {
          generate: (asked, ref) => {
            served.push(asked.revision)
            return service.generate(asked, ref)
          },
        }),
    })
    client.start(START)
    await until(client, 'ready')
    const order: number[] = []
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(async (revision) => {
        const face = await client.generate(request(revision))
        if (face) order.push(face.revision)
        return face?.revision ?? null
      }),
    )
    expect(answers).toEqual([1, null, null, null, 5])
    expect(order).toEqual([1, 5])
    expect(served).toEqual([1, 5])
  })

  it('rejects a bad request and goes on', async () => {
    const { client, workers } = setting()
    client.start(START)
    await until(client, 'ready')
    await expect(client.generate(request(1, { sketch: new Uint8ClampedArray(3) }))).rejects.toMatchObject({ code: 'bad-request' })
    expect(await client.generate(request(2))).toMatchObject({ revision: 2 })
    expect(workers).toHaveLength(1)
  })

  it('gives a crashed worker a second chance on its back end, then the next one', async () => {
    const { client, workers } = setting()
    client.start(START)
    await until(client, 'ready')
    const inFlight = client.generate(request(1))
    const pending = client.generate(request(2))
    workers[0]?.crash()
    await expect(inFlight).rejects.toMatchObject({ code: 'worker-crashed' })
    await expect(pending).rejects.toMatchObject({ code: 'worker-crashed' })
    const second = await readyAgain(client)
    expect(second.description.backend).toBe('wasm')
    expect(second.error?.message).toMatch(/crashed: it was killed.*again.*drawing is kept/)
    expect(workers[0]?.terminated).toBe(true)
    expect(await client.generate(request(3))).toMatchObject({ revision: 3 })

    workers[1]?.crash()
    const third = await readyAgain(client)
    expect(third.description.backend).toBe('cpu')
    expect(third.error?.message).toContain('on another back end')
    expect(await client.generate(request(4))).toMatchObject({ revision: 4 })
  })

  it('notices a worker that died without a word', async () => {
    const { client, workers } = setting({ timeouts: { generateMs: () => 60 } })
    client.start(START)
    await until(client, 'ready')
    workers[0]?.fallSilent()
    await expect(client.generate(request(1))).rejects.toMatchObject({ code: 'worker-crashed' })
    const state = await until(client, 'ready')
    expect(state.error?.message).toContain('gave no answer in time')
    expect(workers).toHaveLength(2)
  })

  it('leaves a back end at once whose device was lost', async () => {
    let lose: (reason: string) => void = () => {}
    const fragile: SetUp = async () => {
      await cpuSetup(false)
      const onLost = (listener: typeof lose) => {
        lose = listener
      }
      return { outcome: 'ready', detail: 'fragile', onLost }
    }
    const { client } = setting({ setups: { ...REAL, webgpu: fragile } })
    client.start(START)
    expect((await until(client, 'ready')).description.backend).toBe('webgpu')
    lose('the driver was reset')
    await until(client, 'starting')
    const state = await until(client, 'ready')
    expect(state.description.backend).toBe('wasm')
    expect(state.error).toMatchObject({ code: 'device-lost' })
    expect(state.error?.message).toContain('the driver was reset')
  })

  it('goes past a back end that hangs while it is tried', async () => {
    const hanging: SetUp = () => new Promise(() => {})
    const { client } = setting({
      setups: { ...REAL, webgpu: hanging },
      timeouts: { startMs: (backend) => (backend === 'webgpu' ? 80 : 10_000) },
    })
    client.start(START)
    const state = await until(client, 'ready')
    expect(state.description.backend).toBe('wasm')
    expect(state.error?.message).toContain('did not start in time')
  })

  it('gives up on a worker that never says anything, with advice', async () => {
    const { client, workers } = setting({ wrap: () => null, timeouts: { startMs: () => 40 } })
    client.start(START)
    const state = await until(client, 'failed')
    expect(workers).toHaveLength(2)
    expect(state.error.message).toMatch(/did not start in time.*Reload/)
    expect(workers.every(({ terminated }) => terminated)).toBe(true)
  })

  it('ends in a message when the last back end is lost, and starts afresh by hand', async () => {
    const { client, workers } = setting({ setups: { cpu: cpuSetup } })
    client.start(START)
    await until(client, 'ready')
    workers[0]?.crash()
    await readyAgain(client)
    workers[1]?.crash()
    const failed = await until(client, 'failed')
    expect(failed.error.code).toBe('no-backend')
    expect(failed.error.message).toMatch(/Lost before: cpu.*Reload/)
    await expect(client.generate(request(1))).rejects.toThrow()
    client.restart()
    expect((await until(client, 'ready')).error).toBeNull()
    expect(await client.generate(request(2))).toMatchObject({ revision: 2 })
  })

  it.each<[string, ErrorCode, Partial<StartOptions>]>([
    ['an unknown model', 'model-not-found', { model: { shipped: 'nobody' } }],
    ['a model id that is a path', 'model-not-found', { model: { shipped: '../secret' } }],
    ['a checkpoint where none are kept', 'model-not-found', { model: { checkpoint: 'mine' } }],
    ['a forced back end that is not there', 'no-backend', { forceBackend: 'webgl' }],
  ])('fails plainly for %s', async (_, code, options) => {
    const { client, workers } = setting()
    client.start({ ...START, ...options })
    expect((await until(client, 'failed')).error.code).toBe(code)
    expect(workers).toHaveLength(1)
  })

  it('fails plainly for a damaged model file', async () => {
    const files = new Map(model.files)
    files.set('tiny/weights-0.bin', new ArrayBuffer(8))
    const { client } = setting({ files })
    client.start(START)
    expect((await until(client, 'failed')).error).toMatchObject({ code: 'model-broken' })
  })

  it('keeps a forced back end until it has failed twice', async () => {
    const { client, workers } = setting()
    client.start({ ...START, forceBackend: 'wasm' })
    const { description } = await until(client, 'ready')
    expect(description.trials).toHaveLength(1)
    workers[0]?.crash()
    expect((await readyAgain(client)).description.backend).toBe('wasm')
    workers[1]?.crash()
    expect((await readyAgain(client)).description.backend).toBe('cpu')
  })

  it('moves to the next back end by hand, and round to the first again', async () => {
    const { client } = setting()
    client.start(START)
    await until(client, 'ready')
    client.tryNextBackend()
    expect((await readyAgain(client)).description.backend).toBe('cpu')
    client.tryNextBackend()
    await until(client, 'failed')
    client.tryNextBackend()
    expect((await until(client, 'ready')).description.backend).toBe('wasm')
  })

  it('starts another model in place of the first', async () => {
    const { client, workers } = setting()
    client.start(START)
    await until(client, 'ready')
    const asked = client.generate(request(1))
    client.start({ ...START, model: { shipped: 'tiny' } })
    await expect(asked).rejects.toMatchObject({ code: 'worker-crashed' })
    await until(client, 'ready')
    expect(workers[0]?.terminated).toBe(true)
  })

  it('starts a checkpoint like a shipped model', async () => {
    const mine = await createTestModel({ id: 'mine', dtype: 'float16' })
    const { client } = setting({ checkpoints: mine.files })
    client.start({ ...START, model: { checkpoint: 'mine' } })
    const { description } = await until(client, 'ready')
    expect(description).toMatchObject({ model: { id: 'mine', ref: { checkpoint: 'mine' } }, models: [{ id: 'tiny' }] })
    expect(await client.generate(request(1))).toMatchObject({ revision: 1 })
  })
})
