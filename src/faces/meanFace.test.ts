import { describe, expect, it } from 'vitest'
import { distanceToPolyline } from '../shared/polyline'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import { CONTOUR_LINES } from './parts'

describe('the mean face', () => {
  it('has 68 landmarks on the page, brows over eyes over nose over mouth over chin', () => {
    expect(MEAN_LANDMARKS).toHaveLength(68)
    for (const [x, y] of MEAN_LANDMARKS) expect(x > 0 && x < 1 && y > 0 && y < 1).toBe(true)
    const heights = [19, 37, 33, 51, 57, 8].map((i) => MEAN_LANDMARKS[i]?.[1] ?? 0)
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
  })

  it('draws every contour line through its landmarks, within half a pixel of the points', () => {
    for (const [n, line] of CONTOUR_LINES.entries()) {
      const contour = meanFaceContours()[n]
      expect(contour?.id).toBe(line.id)
      for (const index of line.indices) {
        const [x, y] = MEAN_LANDMARKS[index] ?? [0, 0]
        expect(distanceToPolyline(contour?.points ?? [], 2, x * 512, y * 512)).toBeLessThan(1e-6)
      }
    }
  })

  it('keeps its curves smooth: no step over 4.5 px, and near the straight lines between landmarks', () => {
    for (const [n, contour] of meanFaceContours().entries()) {
      const straight = (CONTOUR_LINES[n]?.indices ?? []).flatMap((i) => (MEAN_LANDMARKS[i] ?? [0, 0]).map((v) => v * 512))
      for (let i = 0; i + 3 < contour.points.length; i += 2) {
        const [ax = 0, ay = 0, bx = 0, by = 0] = contour.points.slice(i, i + 4)
        expect(Math.hypot(bx - ax, by - ay)).toBeLessThan(4.6)
        expect(distanceToPolyline(straight, 2, ax, ay)).toBeLessThan(5)
      }
    }
  })
})
