import { describe, expect, it } from 'vitest'
import { boundsOf, convexHull, distanceToPolygon, nearestOnPolyline, polylineLength, resample } from './polyline'

describe('resampling a polyline', () => {
  it('spaces points evenly round a corner and interpolates every channel', () => {
    // An L of two sides of 3 and 4, pressure running from 0 to 0.7 with the length.
    expect(resample([0, 0, 0, 3, 0, 0.3, 3, 4, 0.7], 3, 3.5)).toEqual([0, 0, 0, 3, 0.5, 0.35, 3, 4, 0.7])
  })

  it('keeps both ends and never spaces wider than asked', () => {
    const points = resample([0, 0, 10, 0], 2, 3)
    expect(points).toEqual([0, 0, 2.5, 0, 5, 0, 7.5, 0, 10, 0])
  })

  it('leaves a single point, or points on one spot, a single point', () => {
    expect(resample([4, 5, 0.5], 3, 1)).toEqual([4, 5, 0.5])
    expect(resample([4, 5, 0.5, 4, 5, 0.9], 3, 1)).toEqual([4, 5, 0.5])
  })
})

describe('distances', () => {
  it('finds the nearest place and how far along it lies', () => {
    expect(nearestOnPolyline([0, 0, 3, 0, 3, 4], 2, 5, 2)).toEqual({ distance: 2, along: 5, index: 2, x: 3, y: 2 })
  })

  it('are infinite to nothing and plain to a single point', () => {
    expect(nearestOnPolyline([], 2, 1, 1).distance).toBe(Number.POSITIVE_INFINITY)
    expect(nearestOnPolyline([3, 4, 0.5], 3, 0, 0).distance).toBe(5)
  })

  it('are 0 inside a polygon, and measured to its closing side too', () => {
    const square = [0, 0, 4, 0, 4, 4, 0, 4]
    expect(distanceToPolygon(square, 2, 2)).toBe(0)
    expect(distanceToPolygon(square, -3, 2)).toBe(3)
  })
})

describe('hulls, lengths and bounds', () => {
  it('drops inner, doubled and in-line points from a hull', () => {
    const hull = convexHull([0, 0, 2, 0, 4, 0, 4, 4, 0, 4, 2, 2, 0, 0], 2)
    expect(hull).toHaveLength(8)
    expect(distanceToPolygon(hull, 4, 4)).toBe(0)
  })

  it('measure a polyline with pressure', () => {
    const points = [0, 0, 1, 3, 4, 1, 3, 10, 1]
    expect(polylineLength(points, 3)).toBe(11)
    expect(boundsOf(points, 3)).toEqual({ left: 0, top: 0, right: 3, bottom: 10 })
  })
})
