/** For tests of the second worker: a client whose live model is ready, both workers the real service over real message channels. */

import type { BackendSetups } from '../inference/backends'
import { InferenceService } from '../inference/service'
import { PLAIN } from '../inference/session'
import { cpuSetup } from '../inference/setups/cpu'
import { wasmSetup } from '../inference/setups/wasm'
import { createTestModel, crossSketch, installed, readFrom, TEST_SIZE_PX, TOLERANT_CONFIG } from '../inference/testModel'
import { InferenceClient } from './client'
import { type GenerateRequest, type InferenceWorkerApi, type MakeRequest, type ModelSummary, modelKey, type StartOptions } from './protocol'
import { changed, TestWorker } from './testWorker'
import type { InferenceTimeouts } from './timeouts'

const wasmFolder = decodeURIComponent(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
export const REAL: BackendSetups = { wasm: wasmSetup(wasmFolder), cpu: cpuSetup }
const START: StartOptions = { modelsUrl: 'memory:/', model: null, forceBackend: null, exclude: [] }
export const SMALL_PX = 16

const clients: InferenceClient[] = []

/** A live model, its fine one, and a small one to compare with. */
export async function threeModels(): Promise<Map<string, ArrayBuffer>> {
  return installed(
    await createTestModel({ id: 'live' }),
    await createTestModel({ id: 'fine', role: 'fine', config: TOLERANT_CONFIG, dtype: 'int8' }),
    await createTestModel({ id: 'small', role: 'comparison', sizePx: SMALL_PX }),
  )
}

/** After each test. */
export function disposeClients(): void {
  for (const client of clients.splice(0)) client.dispose()
}

interface Setting {
  files: Map<string, ArrayBuffer>
  setups?: BackendSetups
  timeouts?: Partial<InferenceTimeouts>
  idleMs?: number
  modelId?: string
  /** What the nth worker, from 0, is in place of the plain service. */
  wrap?: (service: InferenceWorkerApi, n: number) => InferenceWorkerApi
}

/** A client whose live model is ready. */
export async function ready({ files: stored, setups = REAL, timeouts = {}, idleMs, modelId, wrap = (service) => service }: Setting) {
  const workers: TestWorker[] = []
  const calls: string[] = []
  const spawn = () => {
    const n = workers.length
    const service = wrap(new InferenceService({ setups, sources: () => ({ shipped: readFrom(stored) }) }), n)
    workers.push(new TestWorker(noted(service, n, calls)))
    return workers[n] as TestWorker
  }
  const client = new InferenceClient(spawn, timeouts, idleMs)
  clients.push(client)
  client.start({ ...START, model: modelId === undefined ? null : { shipped: modelId } })
  await live(client)
  return { client, workers, calls }
}

function noted(service: InferenceWorkerApi, n: number, calls: string[]): InferenceWorkerApi {
  return changed(service, {
    start: (options, onEvent) => {
      calls.push(`${n} start ${options.model && modelKey(options.model)} without ${options.exclude.join(', ')}`)
      return service.start(options, onEvent)
    },
    load: (ref, onEvent) => {
      calls.push(`${n} load ${modelKey(ref)}`)
      return service.load(ref, onEvent)
    },
    unload: (ref) => {
      calls.push(`${n} unload ${modelKey(ref)}`)
      return service.unload(ref)
    },
    generate: (asked, ref) => {
      calls.push(`${n} generate ${ref && modelKey(ref)} ${asked.revision}`)
      return service.generate(asked, ref)
    },
  })
}

/** A service whose faces wait to be let go. */
export function held(service: InferenceWorkerApi) {
  let letGo: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const api = changed(service, { generate: (...args) => gate.then(() => service.generate(...args)) })
  return { api, letGo: () => letGo() }
}

export function live(client: InferenceClient): Promise<void> {
  return new Promise((resolve) => {
    const check = () => client.store.getState().status === 'ready' && resolve()
    if (!check()) client.store.subscribe(check)
  })
}

export const make =
  (revision: number, change: Partial<GenerateRequest> = {}): MakeRequest =>
  ({ sizePx }: ModelSummary) => ({
    revision,
    sketch: crossSketch(sizePx, revision),
    look: {},
    tolerance: null,
    locality: PLAIN,
    ...change,
  })
export const request = (revision: number) => make(revision)({ sizePx: TEST_SIZE_PX } as ModelSummary) as GenerateRequest

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
