import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../../shared/image'
import { MEAN_LANDMARKS } from '../meanFace'
import { markPolygon } from './polygon'
import { REGION, regionMask, withoutStrayHair } from './regionMask'
import { learnPrior, PRIOR_GRID, storedPrior } from './regionPrior'

const SIZE = 128
const [SKIN, HAIR, WALL] = [
  [200, 150, 130],
  [50, 30, 20],
  [90, 120, 160],
]

/** A poster of a face: an ellipse of skin over a larger one of hair before a wall. */
function poster(): { photo: RgbaImage; truth: Uint8Array } {
  const truth = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [((i % SIZE) + 0.5) / SIZE - 0.5, (Math.floor(i / SIZE) + 0.5) / SIZE]
    if ((x / 0.32) ** 2 + ((y - 0.58) / 0.38) ** 2 < 1) return REGION.skin
    return (x / 0.4) ** 2 + ((y - 0.42) / 0.36) ** 2 < 1 ? REGION.hair : REGION.unknown
  })
  const data = new Uint8ClampedArray(SIZE * SIZE * 4)
  truth.forEach((region, i) => {
    const colour = region === REGION.skin ? SKIN : region === REGION.hair ? HAIR : WALL
    data.set([...(colour ?? []).map((value) => value + ((i * 31) % 9) - 4), 255], 4 * i)
  })
  return { photo: { width: SIZE, height: SIZE, data }, truth }
}

describe('regionMask', () => {
  const { photo, truth } = poster()
  const mask = regionMask(photo, MEAN_LANDMARKS, storedPrior())
  const at = (x: number, y: number) => mask[Math.floor(y * SIZE) * SIZE + Math.floor(x * SIZE)]

  it('tells hair, skin and background apart by colour and place', () => {
    let agree = 0
    truth.forEach((region, i) => {
      const found = mask[i] ?? 0
      const isPart = found >= 1 && found <= 4
      if (found === region || (region === REGION.skin && (isPart || found === REGION.brows))) agree++
    })
    expect(agree / truth.length).toBeGreaterThan(0.93)
  })

  it("marks the parts where the landmarks are, left and right being the person's", () => {
    const eye = (from: number) =>
      MEAN_LANDMARKS.slice(from, from + 6).reduce(([sx, sy], [x, y]) => [sx + x / 6, sy + y / 6], [0, 0] as [number, number])
    expect(at(...eye(36))).toBe(REGION.rightEye)
    expect(at(...eye(42))).toBe(REGION.leftEye)
    expect(at(...(MEAN_LANDMARKS[33] as [number, number]))).toBe(REGION.nose)
    expect(at(...(MEAN_LANDMARKS[62] as [number, number]))).toBe(REGION.mouth)
    expect(at(...(MEAN_LANDMARKS[19] as [number, number]))).toBe(REGION.brows)
  })
})

describe('the prior', () => {
  it('is the share of masks and mirrored masks, learnt and stored', () => {
    const region = new Uint8Array(64 * 64)
    for (let y = 0; y < 64; y++) region.fill(REGION.hair, y * 64, y * 64 + 32)
    const { hair, skin } = learnPrior([{ width: 64, height: 64, region }])
    expect(new Set(Buffer.from(hair, 'base64'))).toEqual(new Set([128]))
    expect(new Set(Buffer.from(skin, 'base64'))).toEqual(new Set([0]))
  })

  it('knows that a portrait has skin in the middle, hair above it and background in the corner', () => {
    const { background, hair, skin } = storedPrior()
    const cell = (x: number, y: number) => y * PRIOR_GRID + x
    expect(skin[cell(16, 18)]).toBeGreaterThan(0.95)
    expect(hair[cell(16, 2)]).toBeGreaterThan(0.5)
    expect(background[cell(0, 0)]).toBeGreaterThan(0.8)
  })
})

describe('markPolygon', () => {
  it('fills a triangle, thickens a line, and stays inside the picture', () => {
    const grid = new Uint8Array(100)
    markPolygon(grid, 10, 1, [
      [1, 1],
      [9, 1],
      [1, 9],
    ])
    expect([grid[2 * 10 + 2], grid[8 * 10 + 8]]).toEqual([1, 0])
    markPolygon(
      grid,
      10,
      2,
      [
        [-5, 8.5],
        [15, 8.5],
      ],
      { reachPx: 0.6, isOpen: true },
    )
    expect([...grid.subarray(80, 90)]).toEqual(new Array(10).fill(2))
    expect(grid[60 + 9]).toBe(0)
  })
})

describe('withoutStrayHair', () => {
  it('keeps the mass and what is nearly as large, and lets go of the rest', () => {
    const mask = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
      const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
      const isHair = (y < 40 && x > 30) || (x < 20 && y > 60) || (x > 100 && y > 110)
      return isHair ? REGION.hair : REGION.skin
    })
    const kept = withoutStrayHair(mask)
    expect([kept[10 * SIZE + 60], kept[90 * SIZE + 5], kept[120 * SIZE + 110]]).toEqual([REGION.hair, REGION.hair, REGION.unknown])
    expect(kept[50 * SIZE + 60]).toBe(REGION.skin)
    expect(withoutStrayHair(new Uint8Array(16))).toEqual(new Uint8Array(16))
  })
})
