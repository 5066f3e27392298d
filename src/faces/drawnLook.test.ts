import { describe, expect, it } from 'vitest'
import { drawnFields, openedFor } from './drawnLook'
import { meanFaceContours } from './meanFace'
import type { PartLine } from './standIns'
import { drawn, drawnContour, ellipse } from './testStrokes'

const MEAN = meanFaceContours().map(({ id }) => drawnContour(id))
const HATCHING: readonly PartLine[] = Array.from({ length: 9 }, (_, i) => {
  const x = 215 + 10 * i
  return drawn(i % 2 ? 'jaw' : 'other', [x, 425, 0.5, x - 3, 440, 0.5, x - 5, 455, 0.5])
})

describe('what of the look a drawing answers', () => {
  it('is nothing for a contour', () => {
    expect(drawnFields([])).toEqual([])
    expect(drawnFields(MEAN)).toEqual([])
  })

  it('is the hair for hair lines, unless they are a slip of the pen', () => {
    expect(drawnFields([...MEAN, drawn('hair', ellipse(256, 120, 120, 60, Math.PI, 2 * Math.PI))])).toEqual(['hairStyle'])
    expect(drawnFields([drawn('hair', [200, 80, 0.5, 210, 84, 0.5])])).toEqual([])
  })

  it('is the beard for hatching on chin or lip, not for pieces of the jaw, lips or laugh lines', () => {
    expect(drawnFields([...MEAN, ...HATCHING])).toEqual(['beard'])
    const jaw = drawnContour('jaw').points
    const pieces = Array.from({ length: 8 }, (_, i) => drawn('jaw', jaw.slice(15 * i, 15 * i + 18)))
    expect(drawnFields([...MEAN, ...pieces])).toEqual([])
    const laughLines = [drawn('other', [190, 330, 0.5, 178, 375, 0.5]), drawn('other', [322, 330, 0.5, 334, 375, 0.5])]
    expect(drawnFields([...MEAN, ...laughLines])).toEqual([])
  })

  it('is left open in a look that speaks of it, and only that', () => {
    const look = { hairStyle: 'bob', beard: 'none', age: 30 }
    expect(openedFor(look, ['hairStyle'])).toEqual({ hairStyle: null, beard: 'none', age: 30 })
    expect(openedFor(look, [])).toBe(look)
    const open = { hairStyle: null }
    expect(openedFor(open, ['hairStyle', 'beard'])).toBe(open)
  })
})
