import { describe, expect, it } from 'vitest'
import { distanceToPolyline } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { drawnLandmarks } from './drawnLandmarks'
import { type Landmarks68, type Point, pointAt } from './landmarks'
import { contoursOf, MEAN_LANDMARKS } from './meanFace'
import { CONTOUR_LINES, type PartLine } from './parts'
import { sampleShape } from './shapeSampler'
import { drawn, drawnContour, ellipse, meanContour, withPressure } from './testStrokes'

const px = (landmarks: Landmarks68, index: number): Point => {
  const [x, y] = pointAt(landmarks, index)
  return [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX]
}
const apartPx = (a: Landmarks68, b: Landmarks68, index: number): number =>
  Math.hypot(px(a, index)[0] - px(b, index)[0], px(a, index)[1] - px(b, index)[1])
const all = Array.from({ length: 68 }, (_, i) => i)
const indicesOf = (id: string): readonly number[] => CONTOUR_LINES.find((line) => line.id === id)?.indices ?? []
const strokesOf = (landmarks: Landmarks68): PartLine[] => contoursOf(landmarks).map(({ part, points }) => drawn(part, withPressure(points)))

describe('the landmarks of a drawing', () => {
  it("are the mean face's on an empty page, and for its own lines", () => {
    for (const lines of [[], strokesOf(MEAN_LANDMARKS)]) {
      const found = drawnLandmarks(lines)
      for (const index of all) expect(apartPx(found, MEAN_LANDMARKS, index)).toBeLessThan(0.01)
    }
  })

  it("lie on a person's lines, at about the places from which these were drawn", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const person = sampleShape(seed)
      const found = drawnLandmarks(strokesOf(person))
      const lines = contoursOf(person)
      for (const { id, indices } of CONTOUR_LINES) {
        const points = lines.find((line) => line.id === id)?.points ?? []
        for (const index of indices) expect(distanceToPolyline(points, 2, ...px(found, index))).toBeLessThan(1)
      }
      const mean = all.reduce((sum, index) => sum + apartPx(found, person, index), 0) / all.length
      expect(mean).toBeLessThan(3)
    }
  })

  it('do not care which way a line was drawn', () => {
    const backwards = strokesOf(MEAN_LANDMARKS).map(({ part, points }) => {
      const turned = Array.from({ length: points.length / 3 }, (_, i) => points.slice(points.length - 3 * i - 3, points.length - 3 * i))
      return drawn(part, turned.flat())
    })
    const found = drawnLandmarks(backwards)
    for (const index of all) expect(apartPx(found, MEAN_LANDMARKS, index)).toBeLessThan(0.01)
  })

  it('have the corners of an eye that is one loop at its ends', () => {
    const found = drawnLandmarks([drawn('leftEye', ellipse(190, 260, 32, 12))])
    expect(px(found, 36)[0]).toBeLessThan(160)
    expect(px(found, 39)[0]).toBeGreaterThan(220)
    expect(px(found, 37)[1]).toBeLessThan(255)
    expect(px(found, 41)[1]).toBeGreaterThan(265)
    expect(apartPx(found, MEAN_LANDMARKS, 42)).toBe(0)
  })

  it('follow what was drawn of a part where the rest of it stands in', () => {
    const found = drawnLandmarks([drawnContour('leftUpperLid', 0, -40)])
    for (const index of [...indicesOf('leftUpperLid'), ...indicesOf('leftLowerLid')]) {
      expect(px(found, index)[0]).toBeCloseTo(px(MEAN_LANDMARKS, index)[0], 0)
      expect(px(found, index)[1]).toBeCloseTo(px(MEAN_LANDMARKS, index)[1] - 40, 0)
    }
  })

  it('lie on both pieces of a jaw, and on the mean jaw between them', () => {
    const { points } = meanContour('jaw')
    const piece = (from: number, to: number): PartLine => drawn('jaw', withPressure(points.slice(2 * from, 2 * to), 6, 0))
    const count = points.length / 2
    const [left, right] = [piece(0, Math.floor(count * 0.3)), piece(Math.floor(count * 0.7), count)]
    const found = drawnLandmarks([left, right])
    for (const index of [1, 2, 3]) expect(distanceToPolyline(left.points, 3, ...px(found, index))).toBeLessThan(0.01)
    for (const index of [13, 14, 15]) expect(distanceToPolyline(right.points, 3, ...px(found, index))).toBeLessThan(0.01)
    expect(distanceToPolyline(points, 2, ...px(found, 8))).toBeLessThan(8)
  })

  it('have the inner lips on a mouth that is one line, the outer ones above and below', () => {
    const [x, y] = px(MEAN_LANDMARKS, 62)
    const smile = drawn('mouth', ellipse(x, y - 60, 70, 80, Math.PI * 0.8, Math.PI * 0.2))
    const found = drawnLandmarks([smile])
    for (const index of [60, 62, 64, 66]) expect(distanceToPolyline(smile.points, 3, ...px(found, index))).toBeLessThan(0.01)
    expect(px(found, 60)[0]).toBeLessThan(px(found, 64)[0])
    expect(px(found, 51)[1]).toBeLessThan(px(found, 62)[1])
    expect(px(found, 57)[1]).toBeGreaterThan(px(found, 66)[1])
  })

  it('keep the four lips of a mouth apart, however wide it is open', () => {
    const open = MEAN_LANDMARKS.map(([x, y], i): Point => [x, y + (i >= 55 && i <= 59 ? 0.06 : i >= 65 ? 0.06 : 0)])
    const found = drawnLandmarks(strokesOf(open))
    for (const { id, indices } of CONTOUR_LINES.filter(({ part }) => part === 'mouth')) {
      const points = contoursOf(open).find((line) => line.id === id)?.points ?? []
      for (const index of indices) expect(distanceToPolyline(points, 2, ...px(found, index))).toBeLessThan(0.01)
    }
  })

  it('are not led astray by details', () => {
    const pupil = drawn('leftEye', ellipse(194, 246, 6, 6))
    const wrinkle = drawn('other', [200, 150, 0.5, 300, 150, 0.5])
    const found = drawnLandmarks([pupil, wrinkle, drawn('hair', ellipse(256, 120, 150, 90))])
    for (const index of all) expect(apartPx(found, MEAN_LANDMARKS, index)).toBeLessThan(0.01)
  })
})
