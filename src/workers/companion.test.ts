/** The second worker beside the live one, both the real inference service over real message channels; only the thread boundary is missing. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cpuSetup } from '../inference/setups/cpu'
import { createTestModel, crossSketch, installed, TEST_SIZE_PX, TOLERANT_CONFIG } from '../inference/testModel'
import { EYE_CORNER } from '../shared/featurePlace'
import type { MakeRequest, ModelSummary } from './protocol'
import { disposeClients, held, make, ready, request, SMALL_PX, threeModels, until } from './testCompanion'

let files: Map<string, ArrayBuffer>

beforeAll(async () => {
  files = await threeModels()
})
afterEach(disposeClients)

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
    const { client, workers, calls } = await ready({ files })
    expect(workers).toHaveLength(1)
    expect(client.fineModel()).toMatchObject({ id: 'fine', role: 'fine' })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1, sizePx: TEST_SIZE_PX, change: null })
    expect(await client.compare({ shipped: 'small' }, make(2))).toMatchObject({ revision: 2, sizePx: SMALL_PX })
    expect(await client.compare({ shipped: 'live' }, make(3))).toMatchObject({ revision: 3, sizePx: TEST_SIZE_PX })
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

  it('reads features beside faces of the same model: neither takes the other’s place', async () => {
    const { client } = await ready({ files })
    const small = { shipped: 'small' }
    const [face, first, second] = await Promise.all([
      client.compare(small, make(1)),
      client.features(small, ({ sizePx }) => ({ sketch: crossSketch(sizePx, 1), point: EYE_CORNER })),
      client.features(small, ({ sizePx }) => ({ sketch: crossSketch(sizePx, 2), point: EYE_CORNER })),
    ])
    expect(face).toMatchObject({ revision: 1 })
    expect([first, second].map((features) => features?.layers.map(({ length }) => length))).toEqual([
      [4, 8, 16],
      [4, 8, 16],
    ])
  })

  it('gives the faces of the model that was asked', async () => {
    const { client } = await ready({ files })
    const [asLive, fine] = [await client.compare({ shipped: 'live' }, make(1)), await client.refine(make(1))]
    expect(asLive?.pixels).toEqual((await client.generate(request(1)))?.pixels)
    expect(fine?.pixels).not.toEqual(asLive?.pixels)
    const loose = { jaw: 1, brows: 1, eyes: 1, nose: 1, mouth: 1, rest: 1 }
    expect((await client.refine(make(1, { tolerance: loose })))?.pixels).not.toEqual(fine?.pixels)
  })

  it('tells the model what it can do when it makes the request, and how far loading is', async () => {
    const { client } = await ready({ files })
    const fractions: number[] = []
    client.companion.subscribe(({ loading }) => loading?.model === 'fine' && fractions.push(loading.fraction))
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
    const { client, calls } = await ready({ files })
    const made: number[] = []
    const noting =
      (revision: number): MakeRequest =>
      (model) => {
        made.push(revision)
        return make(revision)(model)
      }
    const answers = [1, 2, 3].map((revision) => client.refine(noting(revision)))
    const compared = [4, 5, 6].map((revision) => client.compare({ shipped: 'small' }, noting(revision)))
    expect((await Promise.all(answers)).map((face) => face?.revision ?? null)).toEqual([1, null, 3])
    expect((await Promise.all(compared)).map((face) => face?.revision ?? null)).toEqual([4, null, 6])
    expect([...made].sort()).toEqual([1, 3, 4, 6])
    expect(calls.filter((call) => call.startsWith('1 generate'))).toHaveLength(4)
  })

  it('never lets a live face wait', async () => {
    let letGo = () => {}
    const { client } = await ready({
      files,
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

  it('ends when nobody has asked for a while, and starts again', async () => {
    const { client, workers } = await ready({ files, idleMs: 40 })
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    expect(workers[1]?.terminated).toBe(false)
    await until(() => workers[1]?.terminated === true)
    expect(workers[0]?.terminated).toBe(false)
    expect(await client.refine(make(2))).toMatchObject({ revision: 2 })
    expect(workers).toHaveLength(3)
  })

  it('gives the memory of a model back, and loads it again when it is asked for', async () => {
    const { client, calls } = await ready({ files })
    await client.unload({ shipped: 'small' }) // Nothing is loaded yet.
    expect(await client.refine(make(1))).toMatchObject({ revision: 1 })
    expect(await client.compare({ shipped: 'small' }, make(2))).toMatchObject({ revision: 2 })
    await Promise.all([client.unload({ shipped: 'small' }), client.unload({ shipped: 'fine' })])
    expect(await client.compare({ shipped: 'small' }, make(3))).toMatchObject({ revision: 3 })
    expect(await client.refine(make(4))).toMatchObject({ revision: 4 })
    expect(calls.slice(1)).toEqual([
      '1 start fine without webgpu, webgl, cpu',
      '1 generate fine 1',
      '1 load small',
      '1 generate small 2',
      '1 unload small',
      '1 unload fine',
      '1 load small',
      '1 generate small 3',
      '1 load fine',
      '1 generate fine 4',
    ])
  })

  it('ends with the live worker', async () => {
    const { client, workers } = await ready({ files })
    await client.refine(make(1))
    client.dispose()
    expect(workers.every(({ terminated }) => terminated)).toBe(true)
    await expect(client.compare({ shipped: 'small' }, make(2))).rejects.toMatchObject({ code: 'internal' })
  })

  it('refines nothing for a model that is not live itself, without a fine model, and on plain JavaScript', async () => {
    const { client, workers } = await ready({ files, modelId: 'small' })
    expect(client.fineModel()).toBeNull()
    expect(await client.refine(make(1))).toBeNull()
    expect(workers).toHaveLength(1)
    const alone = await ready({ files: installed(await createTestModel({ id: 'live' })) })
    expect(await alone.client.refine(make(1))).toBeNull()
    const slow = await ready({ files, setups: { cpu: cpuSetup } })
    expect(await slow.client.refine(make(1))).toBeNull()
    expect(await slow.client.compare({ shipped: 'small' }, make(2))).toMatchObject({ revision: 2 })
  })
})
