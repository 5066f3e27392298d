import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import type { RgbaImage } from '../../../src/shared/image'
import { gridded, resampled, thinPlateSpline, warpedPhoto } from './thinPlateWarp'

/** Black, with a white blot of 5 × 5 pixels round a place in 0–1. */
const blot = (x: number, y: number, size = 128): RgbaImage => {
  const data = new Uint8ClampedArray(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const isWhite = Math.abs(column + 0.5 - x * size) <= 2.5 && Math.abs(row + 0.5 - y * size) <= 2.5
      data.set(isWhite ? [255, 255, 255, 255] : [0, 0, 0, 255], (row * size + column) * 4)
    }
  }
  return { width: size, height: size, data }
}

/** The centre of what is white, in 0–1. */
function centre({ width, height, data }: RgbaImage): [number, number] {
  let [sum, sx, sy] = [0, 0, 0]
  for (let i = 0; i < width * height; i++) {
    const value = data[4 * i] ?? 0
    sum += value
    sx += value * ((i % width) + 0.5)
    sy += value * (Math.floor(i / width) + 0.5)
  }
  return [sx / sum / width, sy / sum / height]
}

describe('thinPlateSpline', () => {
  it('takes every point to its partner and an affine map everywhere', () => {
    const from = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0.3, 0.6],
    ] as const
    const affine = ([x, y]: readonly [number, number]) => [0.1 + 0.9 * x + 0.2 * y, 0.8 * y] as const
    const spline = thinPlateSpline(from, from.map(affine))
    const [x, y] = spline(0.7, 0.2)
    expect(x).toBeCloseTo(0.1 + 0.63 + 0.04, 8)
    expect(y).toBeCloseTo(0.16, 8)
    const bent = thinPlateSpline(from, [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0.4, 0.5],
    ])
    expect(bent(0.3, 0.6)[0]).toBeCloseTo(0.4, 8)
    expect(bent(0.3, 0.6)[1]).toBeCloseTo(0.5, 8)
  })
})

describe('warpedPhoto', () => {
  const after = MEAN_LANDMARKS.map(([x, y], i) => (i >= 48 ? ([x, y + 0.03] as const) : ([x, y] as const)))

  it('moves what lies at a landmark with it and leaves the others', () => {
    const [mx = 0, my = 0] = MEAN_LANDMARKS[57] ?? []
    const moved = centre(warpedPhoto(blot(mx, my), MEAN_LANDMARKS, after))
    expect(moved[0]).toBeCloseTo(centre(blot(mx, my))[0], 2)
    expect(moved[1] - centre(blot(mx, my))[1]).toBeCloseTo(0.03, 2)
    const [ex = 0, ey = 0] = MEAN_LANDMARKS[36] ?? []
    expect(centre(warpedPhoto(blot(ex, ey), MEAN_LANDMARKS, after))[1]).toBeCloseTo(centre(blot(ex, ey))[1], 2)
  })

  it('leaves what is far from the moved landmarks exactly where it was', () => {
    const photo = blot(0.1, 0.2)
    const warped = warpedPhoto(photo, MEAN_LANDMARKS, after)
    expect(Math.max(...warped.data.map((value, i) => Math.abs(value - (photo.data[i] ?? 0))))).toBeLessThan(2)
  })

  it('gives the same picture when nothing moves', () => {
    const photo = blot(0.4, 0.7)
    const same = warpedPhoto(photo, MEAN_LANDMARKS, MEAN_LANDMARKS).data
    expect(Math.max(...same.map((value, i) => Math.abs(value - (photo.data[i] ?? 0))))).toBeLessThan(2)
  })

  it('loses next to nothing by its grid', () => {
    const spline = thinPlateSpline(after, MEAN_LANDMARKS)
    const grid = gridded(spline)
    for (let i = 0; i < 200; i++) {
      const [x, y] = [(i * 0.377) % 1, (i * 0.613) % 1]
      const [exact, near] = [spline(x, y), grid(x, y)]
      expect(Math.hypot(exact[0] - near[0], exact[1] - near[1])).toBeLessThan(0.001) // half a pixel at 512
    }
  })
})

describe('resampled', () => {
  it('shifts a picture and goes on with its edge', () => {
    const shifted = resampled(blot(0.5, 0.5), (x, y) => [x - 0.25, y])
    expect(centre(shifted)[0]).toBeCloseTo(0.75, 2)
  })
})
