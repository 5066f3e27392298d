import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type FaceFlow, faceFlow } from './faceFlow'
import { type Landmarks68, type Point, pointAt } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import { sampleShape } from './shapeSampler'
import { CHANGES, changedLandmarks, QUALITIES, type WholeFaceAmounts } from './wholeFace'

const px = (landmarks: Landmarks68, i: number): Point => [
  pointAt(landmarks, i)[0] * SKETCH_SIZE_PX,
  pointAt(landmarks, i)[1] * SKETCH_SIZE_PX,
]

/** The least that a small square of the page is scaled by; 0 or less where the page folds. */
function leastScale(flow: FaceFlow, landmarks: Landmarks68): number {
  const places: Point[] = []
  for (let y = -40; y <= 552; y += 16) for (let x = -40; x <= 552; x += 16) places.push([x, y])
  // Lids and lips are where lines lie nearest to each other.
  for (let i = 36; i < 68; i++) {
    const [x, y] = px(landmarks, i)
    places.push([x, y], [x, y + 2], [x, y - 2], [x + 3, y])
  }
  const step = 0.5
  return Math.min(
    ...places.map(([x, y]) => {
      const [p, q, r] = [flow(x, y), flow(x + step, y), flow(x, y + step)]
      return ((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) / step ** 2
    }),
  )
}

describe('the flow of a face', () => {
  it('moves nothing when no landmark moves', () => {
    const flow = faceFlow(MEAN_LANDMARKS, MEAN_LANDMARKS)
    expect(flow(123.4, 56.7)).toEqual([123.4, 56.7])
  })

  it('moves the whole page when all landmarks move alike', () => {
    const flow = faceFlow(
      MEAN_LANDMARKS,
      MEAN_LANDMARKS.map(([x, y]) => [x + 10 / SKETCH_SIZE_PX, y - 6 / SKETCH_SIZE_PX] as const),
    )
    for (const [x, y] of [
      [256, 256],
      [0, 0],
      [500, 40],
    ] as const) {
      expect(flow(x, y)).toEqual([expect.closeTo(x + 10, 3), expect.closeTo(y - 6, 3)])
    }
  })

  it('takes landmarks where they shall go', () => {
    for (const change of QUALITIES) {
      const to = changedLandmarks(MEAN_LANDMARKS, { [change]: 1 })
      const flow = faceFlow(MEAN_LANDMARKS, to)
      for (let i = 0; i < 68; i++) {
        const [[x, y], [u, v]] = [flow(...px(MEAN_LANDMARKS, i)), px(to, i)]
        expect(Math.hypot(x - u, y - v)).toBeLessThan(1.5)
      }
    }
  })

  it('never folds the page, for any slider at either end and any person', () => {
    for (const person of [MEAN_LANDMARKS, ...[1, 2, 3, 4, 5].map(sampleShape)]) {
      for (const change of CHANGES) {
        for (const amount of [-1, 1]) {
          const flow = faceFlow(person, changedLandmarks(person, { [change]: amount }))
          expect(leastScale(flow, person)).toBeGreaterThan(0.1)
        }
      }
    }
  })

  it('nor for all sliders at once, wherever they are', () => {
    for (let seed = 1; seed <= 16; seed++) {
      const random = mulberry32(seed)
      const person = sampleShape(100 + seed)
      const amounts: WholeFaceAmounts = Object.fromEntries(
        CHANGES.map((change) => [change, Math.sign(random() - 0.5) * (0.6 + 0.4 * random())]),
      )
      const flow = faceFlow(person, changedLandmarks(person, amounts))
      expect(leastScale(flow, person)).toBeGreaterThan(0)
    }
  })

  it('moves hair far above no farther than the face', () => {
    const to = changedLandmarks(MEAN_LANDMARKS, { jaw: 1, width: 1, sex: 1 })
    const flow = faceFlow(MEAN_LANDMARKS, to)
    const farthest = Math.max(
      ...to.map((_, i) => Math.hypot(px(to, i)[0] - px(MEAN_LANDMARKS, i)[0], px(to, i)[1] - px(MEAN_LANDMARKS, i)[1])),
    )
    for (const [x, y] of [
      [256, 10],
      [30, 20],
      [480, 60],
      [20, 500],
    ] as const) {
      const [u, v] = flow(x, y)
      expect(Math.hypot(u - x, v - y)).toBeLessThan(farthest)
    }
  })
})
