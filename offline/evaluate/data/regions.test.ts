import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { greyToRgba } from '../../../src/shared/image'
import { brightness, colourDifference, meanColour, regionsFrom } from './regions'

const SIZE = 256

/** Background outside a disc, skin inside, hair in the disc's upper quarter. */
const mask = greyToRgba(
  Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
    if (Math.hypot(x - 128, y - 150) > 100) return 0
    return y < 90 ? 6 : 5
  }),
  SIZE,
)
const regions = regionsFrom(mask, MEAN_LANDMARKS)
const rowsOf = (indices: readonly number[]) => indices.map((i) => Math.floor(i / SIZE))

describe('regionsFrom', () => {
  it('keeps clear of edges and of what lies below the chin', () => {
    expect(Math.max(...rowsOf(regions.hair))).toBeLessThan(90 - 3)
    expect(Math.min(...rowsOf(regions.skin))).toBeGreaterThan(90 + 3)
    expect(Math.max(...rowsOf(regions.skin))).toBeLessThan(256 * (MEAN_LANDMARKS[8]?.[1] ?? 0))
    expect(regions.background).toContain(0)
    expect(regions.skinLeft.length + regions.skinRight.length).toBe(regions.skin.length)
  })

  it('puts irises into the eyes and the beard round the mouth', () => {
    const near = (indices: readonly number[], [x = 0, y = 0]: readonly number[] = []) =>
      Math.min(...indices.map((i) => Math.hypot((i % SIZE) / SIZE - x, Math.floor(i / SIZE) / SIZE - y)))
    expect(regions.irises.length).toBeGreaterThan(20)
    for (const i of rowsOf(regions.irises)) expect(Math.abs(i / SIZE - (MEAN_LANDMARKS[36]?.[1] ?? 0))).toBeLessThan(0.05)
    expect(near(regions.beard, MEAN_LANDMARKS[8])).toBeLessThan(0.05)
    expect(near(regions.beard, MEAN_LANDMARKS[62])).toBeGreaterThan(0.01)
  })

  it('refuses a mask of another size', () => {
    expect(() => regionsFrom(greyToRgba([0], 1), MEAN_LANDMARKS)).toThrow('256')
  })
})

describe('colours', () => {
  it('averages over a region, and not over a handful of pixels', () => {
    const picture = greyToRgba(
      Array.from({ length: SIZE * SIZE }, (_, i) => (Math.floor(i / SIZE) < 90 ? 30 : 200)),
      SIZE,
    )
    expect(meanColour(picture, regions.hair)).toEqual([30, 30, 30])
    expect(brightness(meanColour(picture, regions.skin) ?? [0, 0, 0])).toBeCloseTo(200, 6)
    expect(meanColour(picture, [1, 2, 3])).toBeNull()
  })

  it('measures differences as the eye does: black and white are 100 apart', () => {
    expect(colourDifference([0, 0, 0], [255, 255, 255])).toBeCloseTo(100, 1)
    expect(colourDifference([120, 90, 70], [120, 90, 70])).toBe(0)
    // sRGB red: L* 53.2, a* 80.1, b* 67.2.
    expect(colourDifference([255, 0, 0], [0, 0, 0])).toBeCloseTo(Math.hypot(53.2, 80.1, 67.2), 0)
  })
})
