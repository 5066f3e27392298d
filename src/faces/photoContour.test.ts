import { describe, expect, it } from 'vitest'
import { REGION } from './masks/regionMask'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import { photoContour } from './photoContour'

const BARE = { pupils: false, ears: false, hair: false }
const hair = Uint8Array.from({ length: 256 * 256 }, (_, i) => (Math.floor(i / 256) < 70 ? REGION.hair : REGION.skin))
const partsOf = (lines: readonly { part: string }[]) => [...new Set(lines.map(({ part }) => part))]

describe('the contour of a photo', () => {
  it('is the contour of its landmarks, part by part', () => {
    const lines = photoContour(MEAN_LANDMARKS, null, BARE)
    const mean = meanFaceContours()
    expect(lines.map(({ part }) => part)).toEqual(mean.map(({ part }) => part))
    expect(lines[0]?.points.filter((_, i) => i % 3 < 2)).toEqual(mean[0]?.points)
    expect(lines.flatMap(({ points }) => points.filter((_, i) => i % 3 === 2)).every((pressure) => pressure === 0.5)).toBe(true)
  })

  it('has a pupil in each open eye, between the lids', () => {
    const lines = photoContour(MEAN_LANDMARKS, null, { ...BARE, pupils: true })
    const bare = photoContour(MEAN_LANDMARKS, null, BARE)
    const circles = lines.slice(bare.length)
    expect(circles.map(({ part }) => part)).toEqual(['leftEye', 'leftEye', 'rightEye', 'rightEye'])
    for (const [k, first] of [36, 42].entries()) {
      const [corner, end] = [MEAN_LANDMARKS[first] ?? [0, 0], MEAN_LANDMARKS[first + 3] ?? [0, 0]]
      const xs = circles[2 * k]?.points.filter((_, i) => i % 3 === 0) ?? []
      expect(Math.min(...xs)).toBeGreaterThan(corner[0] * 512)
      expect(Math.max(...xs)).toBeLessThan(end[0] * 512)
    }
    const closed = MEAN_LANDMARKS.map(([x, y], i) =>
      i >= 36 && i <= 41 ? ([x, MEAN_LANDMARKS[36]?.[1] ?? y] as const) : ([x, y] as const),
    )
    expect(
      photoContour(closed, null, { ...BARE, pupils: true })
        .slice(bare.length)
        .map(({ part }) => part),
    ).toEqual(['rightEye', 'rightEye'])
  })

  it('has hair only where regions say so and it is wanted', () => {
    expect(partsOf(photoContour(MEAN_LANDMARKS, hair))).toContain('hair')
    expect(partsOf(photoContour(MEAN_LANDMARKS, hair, BARE))).not.toContain('hair')
    expect(partsOf(photoContour(MEAN_LANDMARKS, null))).not.toContain('hair')
  })
})
