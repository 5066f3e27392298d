import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { meanFaceContours } from './meanFace'
import { placedPicture } from './placedPicture'
import { isIdentity, largestMove } from './placement'
import { LEAST_CONFIDENCE, registerPicture } from './registration'
import { about, applyToFlat, compose, IDENTITY, type Similarity } from './similarity'

const SIZE = 256
type InkLine = readonly number[]

/** Lines of two pixels, black on white, as plainly as can be. */
function rasterize(lines: readonly InkLine[], sizePx: number): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(sizePx * sizePx).fill(255)
  const scale = sizePx / 512
  for (const line of lines) {
    for (let i = 0; i + 5 < line.length; i += 3) {
      const [ax = 0, ay = 0, , bx = 0, by = 0] = line.slice(i, i + 5).map((value) => value * scale)
      const steps = Math.ceil(2 * Math.hypot(bx - ax, by - ay)) + 1
      for (let n = 0; n <= steps; n++) {
        const [x, y] = [Math.floor(ax + (n / steps) * (bx - ax)), Math.floor(ay + (n / steps) * (by - ay))]
        if (x >= 0 && y >= 0 && x < sizePx && y < sizePx) grey[y * sizePx + x] = 0
      }
    }
  }
  return grey
}

const MEAN: readonly InkLine[] = meanFaceContours().map(({ points }) => points.flatMap((x, i) => (i % 2 ? [] : [x, points[i + 1] ?? 0, 2])))
const AWAY = about([256, 290], 0.8, 10, [40, -10])
const moved = (by: Similarity, lines: readonly InkLine[] = MEAN): InkLine[] => lines.map((line) => applyToFlat(by, line, 3))
const register = (lines: readonly InkLine[]) => registerPicture(rasterize(lines, SIZE), SIZE)
const off = (placement: Similarity, by: Similarity): number => largestMove(IDENTITY, compose(placement, by))

/** Wavy strands over the forehead and down both sides. */
const HAIR: readonly InkLine[] = Array.from({ length: 40 }, (_, i) => {
  const x = 110 + 7.5 * i
  const y = 70 + 0.004 * (x - 256) ** 2
  return Array.from({ length: 12 }, (_, k) => [x + 6 * Math.sin(k + i), y + 5 * k, 2]).flat()
})
const HATCHING: readonly InkLine[] = Array.from({ length: 30 }, (_, i) => [180 + 5 * i, 420, 2, 175 + 5 * i, 450, 2])

describe('registering a bare picture', () => {
  it('brings it back, however it was shifted, turned and scaled', () => {
    for (const by of [AWAY, about([256, 290], 0.6, -18, [-60, 40]), about([256, 290], 1.3, 4, [20, 10])]) {
      const { placement, confidence } = register(moved(by))
      expect(off(placement, by)).toBeLessThan(5)
      expect(confidence).toBeGreaterThan(0.8)
    }
  })

  it('leaves what lies in place', () => {
    expect(isIdentity(register(MEAN).placement)).toBe(true)
    expect(isIdentity(register(moved(about([256, 290], 1.01, 1, [2, 1]))).placement)).toBe(true)
  })

  it('is not led astray by hair and hatching', () => {
    const { placement, confidence } = register(moved(AWAY, [...MEAN, ...HAIR, ...HATCHING]))
    expect(off(placement, AWAY)).toBeLessThan(8)
    expect(confidence).toBeGreaterThan(LEAST_CONFIDENCE)
  })

  it('says when a picture hardly looks like a face, and leaves it', () => {
    const random = mulberry32(3)
    const scribble = Array.from({ length: 30 }, () => {
      const [x, y] = [512 * random(), 512 * random()]
      return [x, y, 2, x + 200 * (random() - 0.5), y + 200 * (random() - 0.5), 2]
    })
    for (const lines of [scribble, [[10, 10, 2, 500, 500, 2]], []]) {
      const { placement, confidence } = register(lines)
      expect(confidence).toBeLessThan(LEAST_CONFIDENCE)
      expect(isIdentity(placement)).toBe(true)
    }
  })

  it('moves the bitmap as it moves lines', () => {
    const placed = placedPicture(rasterize(moved(AWAY), 512), 512, register(moved(AWAY)).placement, SIZE)
    const wanted = rasterize(MEAN, SIZE)
    const ink = (grey: ArrayLike<number>): number[] =>
      Array.from({ length: SIZE * SIZE }, (_, i) => i).filter((i) => (grey[i] ?? 255) < 140)
    const near = ink(placed).filter((i) => [-SIZE, -1, 0, 1, SIZE].some((step) => (wanted[i + step] ?? 255) < 200))
    expect(near.length).toBeGreaterThan(0.9 * ink(placed).length)
    expect(ink(placed).length).toBeGreaterThan(0.5 * ink(wanted).length)
  })
})
