import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { BACKENDS, type Backend } from '../shared/backends'
import { type BackendSetups, chooseBackend, type SetUp } from './backends'
import { type LoadedModel, loadModel } from './loadModel'
import { openFaceSession } from './openSession'
import { cpuSetup } from './setups/cpu'
import { wasmSetup } from './setups/wasm'
import { isSoftwareRenderer } from './software'
import { createTestModel, withGoldenFace } from './testModel'

const wasmFolder = decodeURIComponent(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
const real: BackendSetups = { wasm: wasmSetup(wasmFolder), cpu: cpuSetup }

/** A GPU that is none: TensorFlow.js's cpu under another name. */
const imitation: SetUp = async (acceptSoftware) =>
  acceptSoftware ? cpuSetup(acceptSoftware) : { outcome: 'software', detail: 'SwiftShader' }
const throwing: SetUp = async () => {
  throw new Error('the driver is on fire')
}
const absent: SetUp = async () => ({ outcome: 'unavailable', detail: 'no adapter' })

describe('chooseBackend', () => {
  let model: LoadedModel
  beforeAll(async () => {
    model = await loadModel((await createTestModel()).readFile, 'tiny')
  })

  const choose = (setups: BackendSetups, force: Backend | null = null, exclude: Backend[] = [], chosen = model) =>
    chooseBackend(setups, chosen, { force, exclude }, openFaceSession)

  it('goes past a software GPU and a missing one to wasm', async () => {
    const { session, trials } = await choose({ ...real, webgpu: imitation, webgl: absent })
    expect(trials.map(({ backend, outcome }) => [backend, outcome])).toEqual([
      ['webgpu', 'software'],
      ['webgl', 'unavailable'],
      ['wasm', 'chosen'],
    ])
    expect(session.backend).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
    session.dispose()
  })

  it('sets up while the model loads, but nothing that has a driver, and fails as the loading does', async () => {
    const order: string[] = []
    const noted =
      (name: string): SetUp =>
      async (acceptSoftware) => {
        order.push(name)
        return cpuSetup(acceptSoftware)
      }
    const setups = { webgl: noted('webgl'), wasm: noted('wasm') }
    const options = { exclude: [], onTrial: (backend: Backend) => order.push(`try ${backend}`) }
    for (const force of ['webgl', 'wasm'] as const) {
      const loading = new Promise<LoadedModel>((resolve) => setTimeout(() => { order.push('loaded'); resolve(model) }, 5)) // biome-ignore format: one line
      const { session } = await chooseBackend(setups, loading, { ...options, force }, openFaceSession)
      session.dispose()
    }
    expect(order).toEqual(['loaded', 'try webgl', 'webgl', 'wasm', 'loaded', 'try wasm'])
    for (const exclude of [[], [...BACKENDS]])
      await expect(
        chooseBackend(setups, Promise.reject(new Error('no such file')), { force: null, exclude }, openFaceSession),
      ).rejects.toThrow('no such file')
  })

  it('prefers a GPU that passes', async () => {
    const { session } = await choose({ ...real, webgl: cpuSetup })
    expect(session.backend).toBe('webgl')
    session.dispose()
  })

  it('goes on when a set-up throws', async () => {
    const { session, trials } = await choose({ webgpu: throwing, cpu: cpuSetup })
    expect(trials[0]).toMatchObject({ backend: 'webgpu', outcome: 'failed', detail: 'the driver is on fire' })
    expect(session.backend).toBe('cpu')
    session.dispose()
  })

  it('leaves out back ends that were lost', async () => {
    const { session, trials } = await choose(real, null, ['wasm'])
    expect(session.backend).toBe('cpu')
    expect(trials.map(({ backend }) => backend)).not.toContain('wasm')
    session.dispose()
  })

  it('accepts a software adapter when it is forced', async () => {
    const { session, trials } = await choose({ ...real, webgpu: imitation }, 'webgpu')
    expect(trials).toHaveLength(1)
    expect(session.backend).toBe('webgpu')
    session.dispose()
  })

  it('never trusts a wrong face, forced or not, and leaks nothing on the way', async () => {
    const wrong = withGoldenFace(model, (values) => values.map((value) => value + 0.1))
    const tensors = tf.memory().numTensors
    await expect(choose(real, null, [], wrong)).rejects.toMatchObject({ code: 'no-backend' })
    await expect(choose(real, 'wasm', [], wrong)).rejects.toThrow(/golden face.*\?backend=wasm/)
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('says what was tried when nothing is left', async () => {
    await expect(choose({ webgpu: absent }, null, ['wasm', 'cpu'])).rejects.toThrow(/webgpu: no adapter.*Lost before: wasm, cpu.*Reload/)
  })

  it('passes a loss on with the back end that was lost', async () => {
    let lose: (reason: string) => void = () => {}
    const fragile: SetUp = async () => {
      await cpuSetup(false)
      return { outcome: 'ready', detail: 'fragile', onLost: (listener) => { lose = listener } } // biome-ignore format: one line
    }
    const lost: string[] = []
    const onLost = (backend: Backend, reason: string) => lost.push(`${backend}: ${reason}`)
    const { session } = await chooseBackend({ webgpu: fragile }, model, { force: null, exclude: [], onLost }, openFaceSession)
    lose('sleep')
    expect(lost).toEqual(['webgpu: sleep'])
    session.dispose()
  })
})

describe('isSoftwareRenderer', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'Mesa/X.org, llvmpipe (LLVM 15.0.6, 256 bits)',
    'Microsoft Basic Render Driver',
    'Apple Software Renderer',
  ])('knows %s', (name) => expect(isSoftwareRenderer(name)).toBe(true))

  it.each([
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0)',
    'Apple GPU',
    'Mali-G78',
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
  ])('takes %s for hardware', (name) => expect(isSoftwareRenderer(name)).toBe(false))
})
