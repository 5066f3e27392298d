import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Tolerance, toleranceVector } from '../faces/tolerance'
import { selectBackend } from '../models/testSupport'
import { StudioError } from '../shared/errors'
import type { Locality } from '../workers/protocol'
import { type LoadedModel, loadModel } from './loadModel'
import { InferenceSession, PLAIN } from './session'
import {
  createTestModel,
  crossSketch,
  TEST_SIZE_PX,
  TOLERANCE_DEFAULTS,
  TOLERANT_CONFIG,
  withGoldenFace,
  withGoldenInputs,
} from './testModel'

const SIZE = TEST_SIZE_PX
const LOOK = { age: 40, beard: 'none' }

/** A page whose upper left corner has been drawn on. */
function edited(sketch: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const copy = new Uint8ClampedArray(sketch)
  for (let i = 2; i < 8; i++) copy[4 * SIZE + i] = 0
  return copy
}

function regionOf(left: number, top: number, right: number, bottom: number): Uint8ClampedArray<ArrayBuffer> {
  return new Uint8ClampedArray(SIZE * SIZE).map((_, i) =>
    i % SIZE >= left && i % SIZE < right && i >= top * SIZE && i < bottom * SIZE ? 255 : 0,
  )
}

describe.each(['cpu', 'wasm'] as const)('session on %s', (backend) => {
  let model: LoadedModel
  let session: InferenceSession
  let before: number

  beforeAll(async () => {
    model = await loadModel((await createTestModel()).readFile, 'tiny')
  })
  beforeEach(async () => {
    await selectBackend(backend)
    before = tf.memory().numTensors
    session = new InferenceSession(model, backend)
  })
  afterEach(() => {
    session.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  const generate = (sketch: Uint8ClampedArray, locality: Partial<Locality> = {}, look = LOOK) =>
    session.generate({ sketch, look, tolerance: null, locality: { ...PLAIN, ...locality } })

  it('meets the golden face', async () => {
    expect(await session.goldenDifference()).toBeLessThan(2e-3)
  })

  it('sees a golden face that is another one', async () => {
    const other = new InferenceSession(withGoldenInputs(model, { sketch: edited(crossSketch(SIZE)) }), backend)
    expect(await other.goldenDifference()).toBeGreaterThan(0.01)
    other.dispose()
  })

  it('calls a fixture that is not a number infinitely different', async () => {
    const other = new InferenceSession(
      withGoldenFace(model, (values) => values.slice().fill(Number.NaN, 3, 4)),
      backend,
    )
    expect(await other.goldenDifference()).toBe(Number.POSITIVE_INFINITY)
    other.dispose()
  })

  it('gives an opaque face that follows sketch and look, with no more tensors after many passes', async () => {
    const first = await generate(crossSketch(SIZE))
    expect(first.pixels.length).toBe(4 * SIZE * SIZE)
    expect(first.pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
    expect(first.change).toBeNull()
    const tensors = tf.memory().numTensors
    expect((await generate(edited(crossSketch(SIZE)))).pixels).not.toEqual(first.pixels)
    expect((await generate(crossSketch(SIZE), {}, { age: 70, beard: 'full' })).pixels).not.toEqual(first.pixels)
    expect((await generate(crossSketch(SIZE))).pixels).toEqual(first.pixels)
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('measures what an edit changes', async () => {
    const base = await generate(crossSketch(SIZE))
    const region = regionOf(0, 0, 12, 10)
    const same = await generate(crossSketch(SIZE), { reference: base, region })
    expect(same.change).toMatchObject({ meanInside: 0, meanOutside: 0 })
    const next = await generate(edited(crossSketch(SIZE)), { reference: base, region })
    expect(next.change?.meanInside).toBeGreaterThan(1)
    expect(next.change?.heat.length).toBe(SIZE * SIZE)
  })

  it('locks every pixel outside the region', async () => {
    const base = await generate(crossSketch(SIZE))
    const region = regionOf(0, 0, 12, 10)
    const locked = await generate(edited(crossSketch(SIZE)), { reference: base, region, lockOutside: true })
    expect(locked.change?.meanOutside).toBe(0)
    expect(locked.change?.meanInside).toBeGreaterThan(0)
    const outside = (_: number, i: number) => region[i >> 2] === 0
    expect(locked.pixels.filter(outside)).toEqual(base.pixels.filter(outside))
  })

  it('holds the statistics of the base face, whether they are at hand or must be computed again', async () => {
    const hold = { id: 'base-1', sketch: crossSketch(SIZE), look: LOOK }
    const base = await generate(crossSketch(SIZE))
    // At hand from the last pass.
    const held = await generate(edited(crossSketch(SIZE)), { hold })
    expect(held.pixels).not.toEqual(base.pixels)
    expect((await generate(crossSketch(SIZE), { hold })).pixels).toEqual(base.pixels)
    expect(held.pixels).not.toEqual((await generate(edited(crossSketch(SIZE)))).pixels)
    // As after a restart: a new session knows nothing.
    const fresh = new InferenceSession(model, backend)
    const again = await fresh.generate({ sketch: edited(crossSketch(SIZE)), look: LOOK, tolerance: null, locality: { ...PLAIN, hold } })
    expect(again.pixels).toEqual(held.pixels)
    fresh.dispose()
  })

  it('forgets base faces that were not used for long, and still answers for them', async () => {
    const hold = (n: number) => ({ id: `base-${n}`, sketch: crossSketch(SIZE, n), look: LOOK })
    const first = await generate(edited(crossSketch(SIZE)), { hold: hold(0) })
    for (let n = 1; n < 8; n++) await generate(edited(crossSketch(SIZE)), { hold: hold(n) })
    const tensors = tf.memory().numTensors
    expect((await generate(edited(crossSketch(SIZE)), { hold: hold(0) })).pixels).toEqual(first.pixels)
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('looks at no tolerance without a tolerance map, but refuses one out of range', async () => {
    const loose = { ...TOLERANCE_DEFAULTS, eyes: 1 }
    const ask = (tolerance: typeof loose | null) => session.generate({ sketch: crossSketch(SIZE), look: LOOK, tolerance, locality: PLAIN })
    expect((await ask(loose)).pixels).toEqual((await ask(null)).pixels)
    for (const eyes of [-0.1, 1.1, Number.NaN]) await expect(ask({ ...loose, eyes })).rejects.toThrow('"eyes"')
  })

  it.each([
    ['sketch', { sketch: new Uint8ClampedArray(5), locality: PLAIN }],
    ['region', { sketch: crossSketch(SIZE), locality: { ...PLAIN, region: new Uint8ClampedArray(5) } }],
    ['reference face', { sketch: crossSketch(SIZE), locality: { ...PLAIN, reference: { pixels: new Uint8ClampedArray(5) } } }],
    ['held sketch', { sketch: crossSketch(SIZE), locality: { ...PLAIN, hold: { id: 'x', sketch: new Uint8ClampedArray(5), look: LOOK } } }],
  ])('refuses a %s of the wrong size', async (name, request) => {
    const promise = session.generate({ look: LOOK, tolerance: null, ...request })
    await expect(promise).rejects.toThrow(StudioError)
    await expect(promise).rejects.toThrow(name)
  })
})

describe.each(['cpu', 'wasm'] as const)('session with a tolerance map on %s', (backend) => {
  const LOOSE: Tolerance = { ...TOLERANCE_DEFAULTS, jaw: 1, eyes: 0.8 }
  let model: LoadedModel
  let session: InferenceSession
  let before: number

  beforeAll(async () => {
    model = await loadModel((await createTestModel({ config: TOLERANT_CONFIG })).readFile, 'tiny')
  })
  beforeEach(async () => {
    await selectBackend(backend)
    before = tf.memory().numTensors
    session = new InferenceSession(model, backend)
  })
  afterEach(() => {
    session.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  const generate = async (tolerance: Tolerance | null, locality: Partial<Locality> = {}, sketch = crossSketch(SIZE)) =>
    (await session.generate({ sketch, look: LOOK, tolerance, locality: { ...PLAIN, ...locality } })).pixels

  it('meets the golden face, which was read with its own tolerance', async () => {
    expect(await session.goldenDifference()).toBeLessThan(2e-3)
    for (const tolerance of [TOLERANCE_DEFAULTS, null]) {
      const other = new InferenceSession(
        withGoldenInputs(model, { tolerance: Float32Array.from(toleranceVector(tolerance ?? LOOSE)) }),
        backend,
      )
      expect(await other.goldenDifference()).toBeGreaterThan(0.01)
      other.dispose()
    }
  })

  it('takes the defaults of the model unless told otherwise', async () => {
    expect(await generate(null)).toEqual(await generate(TOLERANCE_DEFAULTS))
    expect(await generate(LOOSE)).not.toEqual(await generate(null))
  })

  it('holds the statistics of the base face as read with the tolerance of the request', async () => {
    const hold = { id: 'base', sketch: crossSketch(SIZE), look: LOOK }
    const [asDefault, asLoose] = [await generate(null), await generate(LOOSE)]
    // The same drawing held by its own statistics is the same face, whatever the tolerance and whichever was asked for before.
    expect(await generate(LOOSE, { hold })).toEqual(asLoose)
    expect(await generate(null, { hold })).toEqual(asDefault)
    expect(await generate(LOOSE, { hold })).toEqual(asLoose)
    expect(await generate(LOOSE, { hold }, edited(crossSketch(SIZE)))).not.toEqual(await generate(LOOSE, {}, edited(crossSketch(SIZE))))
  })
})
