import { describe, expect, it } from 'vitest'
import { NO_OFFSETS } from '../../src/faces/calibration'
import { LANDMARK_COUNT, type Landmarks68 } from '../../src/faces/landmarks'
import { errorFigure, FIGURE_PARTS, faceError, followedShare, landmarkErrors, quantile } from './landmarkError'

/** A face whose outer eye corners lie 0.4 apart; every other point sits in the middle. */
const face: Landmarks68 = Array.from({ length: LANDMARK_COUNT }, (_, i) => (i === 36 ? [0.3, 0.5] : i === 45 ? [0.7, 0.5] : [0.5, 0.5]))
const moved = (indices: readonly number[], dx: number, dy: number): Landmarks68 =>
  face.map(([x, y], i) => (indices.includes(i) ? [x + dx, y + dy] : [x, y]))

describe('landmarkErrors', () => {
  it('measures in % of the distance of the outer eye corners', () => {
    const errors = landmarkErrors({ annotated: face, detected: moved([8], 0.03, 0.04) }, NO_OFFSETS)
    expect(errors[8]).toBeCloseTo(12.5, 10) // 0.05 of 0.4
    expect(errors[9]).toBe(0)
  })

  it('takes the unit from the annotated face, not from the detected one', () => {
    const errors = landmarkErrors({ annotated: face, detected: moved([36], -0.4, 0) }, NO_OFFSETS)
    expect(errors[36]).toBeCloseTo(100, 10)
  })
})

describe('faceError', () => {
  it('averages over all landmarks and over each part', () => {
    const { average, parts } = faceError({ annotated: face, detected: moved([27, 28, 29], 0, 0.04) }, NO_OFFSETS)
    expect(average).toBeCloseTo((3 * 10) / 68, 10)
    expect(parts.nose).toBeCloseTo((3 * 10) / 9, 10)
    expect([parts.jaw, parts.brows, parts.eyes, parts.mouth]).toEqual([0, 0, 0, 0])
  })
})

describe('errorFigure', () => {
  const nearly = (average: number) => ({ average, parts: { jaw: average, brows: 0, nose: 0, eyes: 0, mouth: 0 } })

  it('gives average, spread and quantiles over faces', () => {
    const figure = errorFigure([2, 6, 4].map(nearly))
    expect(figure).toMatchObject({ faces: 3, average: 4, median: 4, largest: 6 })
    expect(figure?.standardError).toBeCloseTo(2 / Math.sqrt(3), 10)
    expect(figure?.percentile90).toBeCloseTo(5.6, 10)
    expect(figure?.parts.jaw).toBe(4)
  })

  it('is nothing without a face, and has no standard error for one', () => {
    expect(errorFigure([])).toBeNull()
    expect(errorFigure([nearly(3)])?.standardError).toBeNull()
  })

  it('interpolates quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(quantile([7], 0.9)).toBe(7)
  })
})

describe('followedShare', () => {
  const mouth = [48, 54]
  const drawn = moved(mouth, 0.1, -0.05)
  const share = (detected: Landmarks68) => followedShare([{ annotated: drawn, detected }], face, NO_OFFSETS, [48, 67])

  it('is 1 when the drawn deviation appears, 0 when the mean face does, and in between in between', () => {
    expect(share(drawn)).toBeCloseTo(1, 10)
    expect(share(face)).toBeCloseTo(0, 10)
    expect(share(moved(mouth, 0.05, -0.025))).toBeCloseTo(0.5, 10)
  })

  it('does not reward what lies across the drawn deviation', () => {
    expect(share(moved(mouth, 0.05, 0.1))).toBeCloseTo(0, 10)
  })
})

describe('the parts of the figure', () => {
  it('cover every landmark once', () => {
    const covered = Object.values(FIGURE_PARTS).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
    expect(covered.sort((a, b) => a - b)).toEqual(Array.from({ length: LANDMARK_COUNT }, (_, i) => i))
  })
})
