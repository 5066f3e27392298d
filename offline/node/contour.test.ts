import { describe, expect, it } from 'vitest'
import { parseLandmark68 } from '../../src/faces/landmarks'
import meanFace from '../../src/faces/meanFace.json'
import { contourLines, contourSketch } from './contour'

const mean = parseLandmark68(meanFace, 'mean face')

describe('the contour of a face', () => {
  it('passes through every landmark, in sketch pixels, 2 px wide', () => {
    const points = new Set(
      contourLines(mean).flatMap((line) =>
        Array.from({ length: line.length / 3 }, (_, i) => `${line[3 * i]},${line[3 * i + 1]},${line[3 * i + 2]}`),
      ),
    )
    expect(points.size).toBe(68)
    for (const [x, y] of mean) expect(points).toContain(`${x * 512},${y * 512},2`)
  })

  it('inks the landmarks and leaves the rest paper', () => {
    const sketch = contourSketch(mean, 256)
    // A pixel's centre lies at most 0.71 px from a point in it: at least 0.29 of its ink.
    for (const [x, y] of mean) expect(sketch[Math.floor(y * 256) * 256 + Math.floor(x * 256)]).toBeLessThan(181)
    expect(sketch[0]).toBe(255)
    const inked = sketch.filter((value) => value < 128).length / sketch.length
    expect(inked).toBeGreaterThan(0.005)
    expect(inked).toBeLessThan(0.03)
  })
})
