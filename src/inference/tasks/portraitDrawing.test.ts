import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import meanFace from '../../faces/meanFace.json'
import { foregroundOf, placesOf } from '../../faces/portraitPlaces'
import { patchSides, Windows } from '../../models/drawingParts'
import { apDrawing } from '../../models/generators/apDrawing'
import { randomParams, selectBackend } from '../../models/testSupport'
import type { FaceData } from '../../workers/protocol'
import { rampPhoto } from '../testPictureModel'
import { portraitDrawing } from './portraitDrawing'

const SIZE_PX = 64
const face = (regions: Uint8Array | null = null): FaceData => ({
  landmarks: meanFace as unknown as FaceData['landmarks'],
  regions,
  yawDegrees: 0,
})
const config = apDrawing.parseConfig({
  ...{ ngf: 2, multipliers: [1, 2], patchNgf: 2, patchMultipliers: [1, 2], areaNgf: 2, areaMultipliers: [1, 2] },
  ...{ fusionNgf: 2, fusionBlocks: 1 },
})
const settings = portraitDrawing.parseManifest(
  { id: 'portraitDrawing', sizePx: SIZE_PX, style: 'drawing' },
  { inputs: apDrawing.inputs(config), outputs: apDrawing.outputs(config) },
)
const request = (known: FaceData | null) => ({ photo: rampPhoto(SIZE_PX), face: known, strength: null })

describe('a portrait drawing', () => {
  beforeAll(() => selectBackend('cpu'))

  it('asks where eyes, nose and mouth are', () => {
    const places = placesOf(face().landmarks)
    // The mean face is symmetrical: the eyes are as far from the middle, nose and mouth lie on it.
    expect((places[0] as number) + (places[2] as number)).toBeCloseTo(0, 4)
    expect(places[1]).toBeCloseTo(places[3] as number, 4)
    expect([places[4], places[6]].map((x) => Math.abs(x as number) < 1e-4)).toEqual([true, true])
    expect(places[7] as number).toBeGreaterThan(places[5] as number)
    const nose = face().landmarks.slice(27, 36)
    expect(places[5]).toBeCloseTo((2 * nose.reduce((sum, [, y]) => sum + y, 0)) / 9 - 1, 5)
  })

  it('takes skin, hair and parts of the face for the person, or an oval where they are not known', () => {
    const regions = Uint8Array.from({ length: SIZE_PX ** 2 }, (_, i) => i % 9)
    expect([...foregroundOf(face(regions), SIZE_PX).slice(0, 9)]).toEqual([0, 1, 1, 1, 1, 1, 1, 0, 1])
    const oval = foregroundOf(face(), SIZE_PX)
    const at = (x: number, y: number) => oval[Math.floor(y * SIZE_PX) * SIZE_PX + Math.floor(x * SIZE_PX)]
    for (const [x, y] of face().landmarks) expect(at(x, y)).toBe(1)
    expect([at(0.5, 0.2), at(0.02, 0.02), at(0.98, 0.98)]).toEqual([1, 0, 0])
  })

  it('is refused without a face, and with regions of another size, in sentences', () => {
    expect(() => portraitDrawing.arraysOf(settings, request(null))).toThrow('a face that has been found')
    expect(() => portraitDrawing.arraysOf(settings, request(face(new Uint8Array(9))))).toThrow('The regions have 9 numbers')
    expect(() =>
      portraitDrawing.parseManifest({ id: 'portraitDrawing', sizePx: 64, style: 'drawing' }, { inputs: {}, outputs: {} }),
    ).toThrow('networks.generator')
  })

  it('is grey, opaque and as large as the photo, and leaves nothing behind', () => {
    const params = randomParams(apDrawing.parameters(config), 5)
    const before = tf.memory().numTensors
    const values = tf.tidy(() => {
      const inputs = portraitDrawing.encode(settings, portraitDrawing.arraysOf(settings, request(face())))
      const outputs = apDrawing.forward(config, params, inputs as never)
      expect(outputs.mouth.shape).toEqual([1, ...patchSides('mouth', SIZE_PX, SIZE_PX), 1])
      return outputs.picture.dataSync() as Float32Array
    })
    expect(tf.memory().numTensors).toBe(before)
    const pixels = portraitDrawing.decode(settings, { picture: values }, {}) as Uint8ClampedArray
    expect(pixels).toHaveLength(4 * SIZE_PX ** 2)
    expect(new Set(pixels).size).toBeGreaterThan(4)
    expect(pixels.every((value, i) => (i % 4 === 3 ? value === 255 : value === pixels[4 * Math.floor(i / 4)]))).toBe(true)
  })

  it('cuts each patch round its place, wholly within the photo', () => {
    tf.tidy(() => {
      const rows = tf.tile(tf.reshape(tf.range(0, 256), [1, 256, 1, 1]), [1, 1, 256, 1]) as tf.Tensor4D
      const windows = new Windows(tf.tensor2d([0, 0, 0, 0, 0, 0.5, -1, 1], [1, 8]), 256, 256)
      expect([...windows.cut(rows, 'nose').dataSync()].at(0)).toBe(192 - 24)
      expect([...windows.cut(rows, 'mouth').dataSync()].at(0)).toBe(256 - 40)
    })
  })
})
