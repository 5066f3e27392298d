/** For tests: a tiny photo → picture model with random weights, written as the pipeline would write it. */

import * as tf from '@tensorflow/tfjs-core'
import { unet } from '../models/generators/unet'
import { randomParams, selectBackend } from '../models/testSupport'
import type { PictureStyle } from '../workers/protocol'
import { encodeFloat16 } from './float16'
import { MANIFEST_VERSION } from './manifest'
import type { PhotoToPictureSettings } from './tasks/photoToPicture'
import { photoToPicture } from './tasks/photoToPicture'
import { asJson, Fixture, readFrom, type TestModel, type WrittenManifest } from './testModel'
import { describeFile, readWeight, writeWeights } from './weightsFile'

export const PICTURE_SIZE_PX = 32
const STRIDE = 4

interface Options {
  readonly id?: string
  readonly style?: PictureStyle
  /** 1 for grey pictures. */
  readonly channels?: 1 | 3
  readonly strength?: number
  readonly sizePx?: number
  /** Of the random weights. */
  readonly seed?: number
}

/** A photo whose red runs with x and whose green with y, RGBA. */
export function rampPhoto(sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  const photo = new Uint8ClampedArray(4 * sizePx * sizePx).fill(255)
  for (let i = 0; i < sizePx * sizePx; i++) {
    photo.set([(255 * (i % sizePx)) / (sizePx - 1), (255 * Math.floor(i / sizePx)) / (sizePx - 1), 90], 4 * i)
  }
  return photo
}

export async function createPictureModel(options: Options = {}): Promise<TestModel> {
  const { id = 'toon', style = 'cartoon', channels = 3, strength, sizePx = PICTURE_SIZE_PX, seed = 7 } = options
  await selectBackend('cpu')
  const config = { ngf: 4, multipliers: [1, 2], inputChannels: 3, outputChannels: channels, dropout: 0 }
  const random = randomParams(unet.parameters(config), seed)
  const plain = Object.entries(random).map(([name, tensor]) => [name, { shape: tensor.shape, values: tensor.dataSync() as Float32Array }])
  const written = await writeWeights(Object.fromEntries(plain), { stem: 'generator', dtype: 'float16' })
  const shards = [...written.files.values()]
  const params = Object.fromEntries(
    written.weights.map((entry) => [entry.name, tf.tensor(readWeight(entry, shards[entry.shard] as ArrayBuffer), [...entry.shape])]),
  )
  const settings: PhotoToPictureSettings = {
    ...{ id: 'photoToPicture', sizePx, style, strength: strength ?? null },
    ...{ input: 'picture', output: 'picture', channels },
  }
  const arrays = photoToPicture.arraysOf(settings, { photo: rampPhoto(sizePx), face: null, strength: null })
  const picture = tf.tidy(() => {
    const inputs = photoToPicture.encode(settings, arrays) as { picture: tf.Tensor4D }
    const whole = unet.forward(config, params, inputs).picture
    return tf.stridedSlice(whole, [0, 0, 0, 0], whole.shape, [1, STRIDE, STRIDE, 1]).dataSync() as Float32Array
  })
  const fixture = new Fixture()
  const photo = fixture.add({ dtype: 'uint8', shape: [sizePx, sizePx, 3] }, arrays.photo as Uint8ClampedArray)
  const side = Math.ceil(sizePx / STRIDE)
  const output = { ...fixture.add({ dtype: 'float16', shape: [side, side, channels] }, encodeFloat16(picture)), stride: STRIDE }
  const name = { en: 'Toon', zh: '卡通' }
  const manifest = {
    ...{ version: MANIFEST_VERSION, id, name, role: 'picture' },
    task: { id: 'photoToPicture', sizePx, style, ...(strength !== undefined && { strength: { default: strength } }) },
    networks: { generator: { family: 'unet', config, weights: written.weights, shards: written.shards } },
    golden: { ...(await describeFile('golden.bin', fixture.data)), inputs: { photo }, outputs: { picture: output } },
    card: 'card.md',
  }
  const files = new Map<string, ArrayBuffer>([[`${id}/golden.bin`, fixture.data]])
  for (const [file, data] of written.files) files.set(`${id}/${file}`, data)
  const copy = JSON.parse(JSON.stringify(manifest)) as WrittenManifest
  const rewrite = () => files.set(`${id}/manifest.json`, asJson(copy))
  rewrite()
  return { files, manifest: copy, rewrite, readFile: readFrom(files) }
}
