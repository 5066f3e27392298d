/** Pictures of photos in the second worker, beside the live one: the real inference service over real message channels. */

import { afterEach, describe, expect, it } from 'vitest'
import { createTestModel, installed } from '../inference/testModel'
import { createPictureModel, PICTURE_SIZE_PX, rampPhoto } from '../inference/testPictureModel'
import type { MakePictureRequest } from './protocol'
import { disposeClients, make, ready } from './testCompanion'

afterEach(disposeClients)

const TOON = { shipped: 'toon' }
const photo: MakePictureRequest = async ({ sizePx }) => ({ photo: rampPhoto(sizePx), face: null, strength: null })

describe('pictures of photos', () => {
  it('are made by the second worker, which says what it has loaded, and leave the live one alone', async () => {
    const files = installed(await createTestModel({ id: 'live' }), await createPictureModel({ strength: 0.75 }))
    const { client, workers, calls } = await ready({ files })
    expect(client.store.getState().description?.models.map(({ id, style }) => [id, style])).toEqual([
      ['live', undefined],
      ['toon', 'cartoon'],
    ])
    const picture = await client.paint(TOON, async (model) => {
      expect(model).toMatchObject({ style: 'cartoon', strength: 0.75, sizePx: PICTURE_SIZE_PX })
      return photo(model)
    })
    expect(picture).toMatchObject({ sizePx: PICTURE_SIZE_PX })
    expect(picture?.pixels).toHaveLength(4 * PICTURE_SIZE_PX ** 2)
    expect(workers).toHaveLength(2)
    expect(calls[0]).toContain('start')
    expect(await client.compare({ shipped: 'live' }, make(5))).toMatchObject({ revision: 5 })
    expect(await client.paint(TOON, async () => null)).toBeNull()
  })

  it('are refused by a model that makes none, and such a model makes no faces', async () => {
    const { client } = await ready({ files: installed(await createTestModel({ id: 'live' }), await createPictureModel()) })
    await expect(client.paint({ shipped: 'live' }, photo)).rejects.toMatchObject({ code: 'bad-request' })
    await expect(client.compare(TOON, make(1))).rejects.toMatchObject({ code: 'bad-request' })
    expect(await client.paint(TOON, photo)).not.toBeNull()
  })
})
