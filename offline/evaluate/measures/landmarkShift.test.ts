import { describe, expect, it } from 'vitest'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { eyeDistance } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { meanShift, shareFollowed } from './landmarkShift'

const shifted = (landmarks: Landmarks68, by: number): Landmarks68 => landmarks.map(([x, y]) => [x + by, y] as const)
const unit = eyeDistance(MEAN_LANDMARKS)

describe('shareFollowed', () => {
  const drawn = { drawnBefore: MEAN_LANDMARKS, drawnAfter: shifted(MEAN_LANDMARKS, 0.1), seenBefore: shifted(MEAN_LANDMARKS, 0.02) }

  it('is the share of the drawn shift that is seen, whatever the detector is off by', () => {
    expect(shareFollowed([{ ...drawn, seenAfter: shifted(MEAN_LANDMARKS, 0.12) }])).toBeCloseTo(1, 10)
    expect(shareFollowed([{ ...drawn, seenAfter: shifted(MEAN_LANDMARKS, 0.05) }])).toBeCloseTo(0.3, 10)
    expect(shareFollowed([{ ...drawn, seenAfter: drawn.seenBefore }])).toBe(0)
  })

  it('looks at some landmarks only', () => {
    const seenAfter = drawn.seenBefore.map(([x, y], i) => [x + (i <= 16 ? 0.1 : 0), y] as const)
    expect(shareFollowed([{ ...drawn, seenAfter }], [0, 16])).toBeCloseTo(1, 10)
    expect(shareFollowed([{ ...drawn, seenAfter }], [17, 67])).toBeCloseTo(0, 10)
  })
})

describe('meanShift', () => {
  it('is in % of the eye distance', () => {
    expect(meanShift(MEAN_LANDMARKS, shifted(MEAN_LANDMARKS, 0.05 * unit), MEAN_LANDMARKS)).toBeCloseTo(5, 10)
  })
})
