import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { greyToRgba, type RgbaImage } from '../../../src/shared/image'
import { type FaceRegions, type Rgb, regionsFrom } from '../data/regions'
import { between, DIALS, type Dial, readingOfPhotos } from './dialReadings'

const SIZE = 256
/** Hair above, background at the left and right, skin between. */
const mask = greyToRgba(
  Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE < 30 || i % SIZE > 226 ? 0 : i < 60 * SIZE ? 6 : 5)),
  SIZE,
)
const regions = regionsFrom(mask, MEAN_LANDMARKS)

/** One colour everywhere but in a region. */
function picture(ground: Rgb, region: keyof FaceRegions, colour: Rgb): RgbaImage {
  const image = { width: SIZE, height: SIZE, data: new Uint8ClampedArray(SIZE * SIZE * 4) }
  for (let i = 0; i < SIZE * SIZE; i++) image.data.set([...ground, 255], 4 * i)
  for (const i of regions[region]) image.data.set([...colour, 255], 4 * i)
  return image
}
const dial = (id: string): Dial => {
  const found = DIALS.find((each) => each.id === id)
  if (!found) throw new Error(id)
  return found
}
const read = (id: string, image: RgbaImage) => dial(id).read({ image, regions, estimate: null })

describe('the readings', () => {
  it('say how far a colour has gone from one to the other', () => {
    expect(between([10, 20, 30], [0, 20, 30], [40, 20, 30])).toBeCloseTo(0.25, 10)
    const { from, to } = dial('skin tone')
    expect(read('skin tone', picture([0, 0, 0], 'skin', from as Rgb))).toBeCloseTo(0, 6)
    expect(read('skin tone', picture([0, 0, 0], 'skin', to as Rgb))).toBeCloseTo(1, 6)
    expect(read('background', picture([200, 0, 0], 'background', [190, 190, 195]))).toBeCloseTo(1, 6)
  })

  it('tell grey hair, a beard, blue eyes and the side of the light', () => {
    expect(read('grey', picture([0, 0, 0], 'hair', [100, 100, 100]))).toBe(0)
    expect(read('grey', picture([0, 0, 0], 'hair', [100, 80, 50]))).toBeCloseTo(50, 6)
    const shaved = read('beard', picture([150, 120, 100], 'beard', [150, 120, 100])) ?? Number.NaN
    expect(read('beard', picture([150, 120, 100], 'beard', [60, 50, 40])) ?? Number.NaN).toBeGreaterThan(shaved + 30)
    expect(read('eye colour', picture([0, 0, 0], 'irises', [60, 80, 120]))).toBeCloseTo(60, 6)
    expect(read('side of light', picture([100, 100, 100], 'skinRight', [150, 150, 150]))).toBeCloseTo((2 * 50) / 250, 2)
    expect(read('light', picture([100, 100, 100], 'skinRight', [150, 150, 150])) ?? 0).toBeGreaterThan(15)
  })

  it('cannot be read without the detector where that is needed', () => {
    expect(read('age', picture([0, 0, 0], 'skin', [0, 0, 0]))).toBeNull()
    expect(dial('age').read({ image: mask, regions, estimate: { ageYears: 33, male: 0.2 } })).toBe(33)
  })
})

describe('readingOfPhotos', () => {
  it('gives the difference between labels, for numbers by a line through all', () => {
    const ages = [20, 40, 60].map((age) => ({ look: { age }, reading: 10 + age / 2 }))
    expect(readingOfPhotos(dial('age'), ages)).toBeCloseTo(45 / 2, 8)
    const beards = ['none', 'none', 'full', 'full', 'stubble'].map((beard, i) => ({ look: { beard }, reading: 10 * i }))
    expect(readingOfPhotos(dial('beard'), beards)).toBe(20)
    expect(readingOfPhotos(dial('beard'), beards.slice(0, 3))).toBeNull()
  })
})
