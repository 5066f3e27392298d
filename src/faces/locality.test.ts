import { describe, expect, it } from 'vitest'
import { changeReport, compositeFace } from './locality'

const rgba = (...pixels: [number, number, number][]): Uint8ClampedArray<ArrayBuffer> =>
  new Uint8ClampedArray(pixels.flatMap((pixel) => [...pixel, 255]))

describe('compositing a face through a mask', () => {
  const base = rgba([10, 20, 30], [100, 100, 100], [7, 8, 9], [0, 0, 0])
  const next = rgba([200, 200, 200], [200, 0, 101], [70, 80, 90], [255, 255, 255])

  it('takes the base where the mask is 0, the new face where it is 1, and mixes between', () => {
    const out = compositeFace(base, next, new Float32Array([0, 0.5, 1, 0.25]))
    expect([...out]).toEqual([10, 20, 30, 255, 150, 50, 100, 255, 70, 80, 90, 255, 64, 64, 64, 255])
  })

  it('refuses faces and masks of different sizes', () => {
    expect(() => compositeFace(base, next, new Float32Array(3))).toThrow(RangeError)
  })
})

describe('what has changed', () => {
  const reference = rgba([0, 0, 0], [50, 50, 50], [100, 100, 100], [9, 9, 9])
  const next = rgba([3, 6, 0], [50, 50, 50], [70, 100, 130], [9, 9, 9])

  it('is the mean absolute change over the colour channels, inside and outside the region', () => {
    const report = changeReport(reference, next, new Uint8ClampedArray([255, 255, 0, 0]))
    expect(report.meanInside).toBe(1.5)
    expect(report.meanOutside).toBe(10)
    expect([...report.heat]).toEqual([12, 0, 80, 0])
  })

  it('is exactly 0 outside when only the inside differs', () => {
    const report = changeReport(reference, next, new Uint8ClampedArray([255, 0, 255, 0]))
    expect(report.meanOutside).toBe(0)
  })

  it('counts the whole face as inside without a region, and saturates the heat', () => {
    const report = changeReport(rgba([0, 0, 0]), rgba([255, 255, 255]), null)
    expect(report).toEqual({ heat: new Uint8ClampedArray([255]), meanInside: 255, meanOutside: 0 })
  })

  it('refuses faces of different sizes', () => {
    expect(() => changeReport(reference, rgba([0, 0, 0]), null)).toThrow(RangeError)
  })
})
