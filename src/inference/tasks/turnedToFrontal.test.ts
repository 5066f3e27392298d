import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Landmarks68, mirrorLandmarks } from '../../faces/landmarks'
import { MEAN_LANDMARKS } from '../../faces/meanFace'
import { tpGan } from '../../models/generators/tpGan'
import { maxDifference, randomParams, selectBackend } from '../../models/testSupport'
import type { PictureRequest } from '../../workers/protocol'
import { rampPhoto } from '../testPictureModel'
import { turnedToFrontal } from './turnedToFrontal'

const SIZE_PX = 32
const config = tpGan.parseConfig({
  ...{ sizePx: SIZE_PX, ngf: 2, localNgf: 1, codeLength: 4 },
  template: { leftEye: [8, 8, 8, 8], rightEye: [16, 8, 8, 8], nose: [8, 16, 16, 8], mouth: [8, 20, 16, 8] },
})
const network = { inputs: tpGan.inputs(config), outputs: tpGan.outputs(config) }
const fields = { id: 'turnedToFrontal', sizePx: SIZE_PX, style: 'frontal' }
const settings = turnedToFrontal.parseManifest(fields, network)

const lookingLeft: Landmarks68 = MEAN_LANDMARKS.map(([x, y], i) => [i === 30 ? x - 0.1 : x, y])

function mirroredPhoto(photo: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  return Uint8ClampedArray.from(photo, (_, at) => {
    const [i, channel] = [Math.floor(at / 4), at % 4]
    return photo[4 * (i - (i % SIZE_PX) + SIZE_PX - 1 - (i % SIZE_PX)) + channel] as number
  })
}

const request = (photo: Uint8ClampedArray, landmarks: Landmarks68): PictureRequest => ({
  photo,
  face: { landmarks, regions: null, yawDegrees: 0 },
  strength: null,
})

describe('turned to frontal', () => {
  beforeAll(() => selectBackend('cpu'))

  it('sees a face and its mirror image alike, with the hidden side on the right, and mirrors its answer back', () => {
    const photo = rampPhoto(SIZE_PX)
    const [left, right] = [
      turnedToFrontal.arraysOf(settings, request(photo, lookingLeft)),
      turnedToFrontal.arraysOf(settings, request(mirroredPhoto(photo), mirrorLandmarks(lookingLeft))),
    ]
    const params = randomParams(tpGan.parameters(config), 5)
    tf.tidy(() => {
      const [a, b] = [turnedToFrontal.encode(settings, left), turnedToFrontal.encode(settings, right)]
      expect(Object.keys(a)).toEqual(Object.keys(network.inputs))
      for (const [name, tensor] of Object.entries(a)) expect(maxDifference(tensor, b[name] as tf.Tensor), name).toBe(0)
      // Red runs with x: of a face that looks to the left the photo was mirrored.
      const red = (a.picture as tf.Tensor).dataSync()
      expect(red[0]).toBeGreaterThan(red[3 * (SIZE_PX - 1)] as number)
      const frontal = tpGan.forward(config, params, a as never).frontal.dataSync() as Float32Array
      const [answerLeft, answerRight] = [left, right].map((arrays) => turnedToFrontal.decode(settings, { frontal }, arrays))
      expect([...(answerRight ?? [])]).toEqual([...mirroredPhoto(answerLeft as Uint8ClampedArray)])
    })
  })

  it('cuts its patches where they are in the picture', () => {
    const arrays = turnedToFrontal.arraysOf(settings, request(rampPhoto(SIZE_PX), mirrorLandmarks(lookingLeft)))
    tf.tidy(() => {
      const inputs = turnedToFrontal.encode(settings, arrays) as Record<'picture' | 'mouth', tf.Tensor4D>
      const mouth = MEAN_LANDMARKS.slice(48)
      const middle = (axis: 0 | 1) => (SIZE_PX * mouth.reduce((sum, point) => sum + point[axis], 0)) / mouth.length
      const [left, top] = [Math.round(middle(0) - 8), Math.round(middle(1) - 4)]
      expect(maxDifference(inputs.mouth, tf.slice(inputs.picture, [0, top, left, 0], [1, 8, 16, 3]))).toBe(0)
    })
  })

  it('refuses a photo without a face, and numbers that are none', () => {
    expect(() => turnedToFrontal.arraysOf(settings, { photo: rampPhoto(SIZE_PX), face: null, strength: null })).toThrow(
      'points of the face',
    )
    const arrays = turnedToFrontal.arraysOf(settings, request(rampPhoto(SIZE_PX), lookingLeft))
    expect(turnedToFrontal.decode(settings, { frontal: new Float32Array(3 * SIZE_PX ** 2).fill(Number.NaN) }, arrays)).toBeNull()
  })

  it('refuses a network of another size or kind', () => {
    expect(() => turnedToFrontal.parseManifest({ ...fields, sizePx: 64 }, network)).toThrow(/generator/)
    expect(() => turnedToFrontal.parseManifest(fields, { ...network, outputs: {} })).toThrow(/generator/)
    expect(() => turnedToFrontal.parseManifest({ ...fields, style: 'oil' }, network)).toThrow('task.style')
  })
})
