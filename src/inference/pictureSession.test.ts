import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { guidedPixels } from '../shared/guidedPixels'
import type { PictureRequest } from '../workers/protocol'
import { loadIndex, loadModel } from './loadModel'
import { parseManifest } from './manifest'
import { openFaceSession, openPictureSession, openSession } from './openSession'
import { PictureSession } from './pictureSession'
import { createTestModel, installed, readFrom } from './testModel'
import { createPictureModel, PICTURE_SIZE_PX, rampPhoto } from './testPictureModel'

const request = (changes: Partial<PictureRequest> = {}): PictureRequest => ({
  photo: rampPhoto(PICTURE_SIZE_PX),
  face: null,
  strength: null,
  ...changes,
})
const reparsed = (manifest: unknown) => parseManifest(JSON.parse(JSON.stringify(manifest)))

describe.each(['cpu', 'wasm'] as const)('a picture of a photo on %s', (backend) => {
  let before: number
  beforeEach(async () => {
    await selectBackend(backend)
    before = tf.memory().numTensors
  })

  const open = async (options: Parameters<typeof createPictureModel>[0] = {}) => {
    const { readFile } = await createPictureModel({ id: 'toon', ...options })
    await selectBackend(backend)
    before = tf.memory().numTensors
    return openPictureSession(await loadModel(readFile, 'toon'), backend)
  }
  let session: PictureSession | null = null
  afterEach(() => {
    session?.dispose()
    session = null
    expect(tf.memory().numTensors).toBe(before)
  })

  it('meets the golden picture and is as large as the photo, opaque', async () => {
    session = await open()
    expect(await session.goldenDifference()).toBeLessThan(2e-3)
    const picture = await session.paint(request())
    expect(picture).toHaveLength(4 * PICTURE_SIZE_PX ** 2)
    expect(picture.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
    expect(new Set(picture).size).toBeGreaterThan(8)
  })

  it('is grey where the network gives one channel', async () => {
    session = await open({ channels: 1, style: 'drawing' })
    expect(await session.goldenDifference()).toBeLessThan(2e-3)
    const picture = await session.paint(request())
    for (let i = 0; i < picture.length; i += 4) expect([picture[i + 1], picture[i + 2]]).toEqual([picture[i], picture[i]])
  })

  it('takes over the edges of the photo as far as its radius says', async () => {
    session = await open({ strength: 1 })
    const photo = rampPhoto(PICTURE_SIZE_PX)
    const plain = await session.paint(request())
    const filtered = await session.paint(request({ radius: 2 }))
    expect(filtered).toEqual(guidedPixels(photo, plain, PICTURE_SIZE_PX, 2))
    expect(filtered).not.toEqual(plain)
    for (const radius of [-1, 1.5, 9]) await expect(session.paint(request({ radius }))).rejects.toThrow('from 0 to 8')
  })

  it('is mixed with the photo by its strength, and never where there is none', async () => {
    session = await open({ strength: 1 })
    const [whole, half, none] = [
      await session.paint(request({ strength: 1 })),
      await session.paint(request({ strength: 0.5 })),
      await session.paint(request({ strength: 0 })),
    ]
    expect([...none]).toEqual([...rampPhoto(PICTURE_SIZE_PX)])
    half.forEach((value, i) => {
      expect(Math.abs(value - ((whole[i] ?? 0) + (none[i] ?? 0)) / 2)).toBeLessThanOrEqual(1)
    })
    await expect(session.paint(request({ strength: 2 }))).rejects.toThrow('from 0 to 1')
    session.dispose()
    session = await open()
    expect([...(await session.paint(request({ strength: 0 })))]).toEqual([...whole])
  })

  it('refuses a photo of another size', async () => {
    session = await open()
    await expect(session.paint(request({ photo: rampPhoto(16) }))).rejects.toThrow('32×32')
  })
})

describe('a model that makes pictures', () => {
  it('says its style in the index and the role in both', async () => {
    const [face, picture] = [await createTestModel(), await createPictureModel()]
    const { models } = await loadIndex(readFrom(installed(face, picture)))
    expect(models.map(({ id, role, style }) => [id, role, style])).toEqual([
      ['tiny', 'live', undefined],
      ['toon', 'picture', 'cartoon'],
    ])
    expect(reparsed(picture.manifest)).toMatchObject({ role: 'picture', task: { style: 'cartoon', strength: null } })
    expect(() => reparsed({ ...picture.manifest, role: 'live' })).toThrow('"role"')
    expect(() => reparsed({ ...face.manifest, role: 'picture' })).toThrow('"role"')
    await expect(loadIndex(readFrom(installed(picture, face)))).rejects.toThrow('"default"')
  })

  it('is refused with a network that takes or gives something else', async () => {
    const { manifest } = await createPictureModel()
    const { generator } = manifest.networks
    const withConfig = (changes: object) => ({
      ...manifest,
      networks: { generator: { ...generator, config: { ...generator.config, ...changes } } },
    })
    expect(() => reparsed(withConfig({ inputChannels: 1 }))).toThrow(/generator/)
    expect(() => reparsed(withConfig({ outputChannels: 2 }))).toThrow(/generator/)
    expect(() => reparsed({ ...manifest, task: { ...manifest.task, style: 'oil' } })).toThrow('task.style')
  })

  it('opens as what it is', async () => {
    await selectBackend('cpu')
    const face = await loadModel((await createTestModel()).readFile, 'tiny')
    const picture = await loadModel((await createPictureModel()).readFile, 'toon')
    expect(() => openPictureSession(face, 'cpu')).toThrow('no pictures of photos')
    expect(() => openFaceSession(picture, 'cpu')).toThrow('no faces of sketches')
    const session = openSession(picture, 'cpu')
    expect(session).toBeInstanceOf(PictureSession)
    session.dispose()
  })
})
