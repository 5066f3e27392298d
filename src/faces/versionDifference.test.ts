import { describe, expect, it } from 'vitest'
import { HEAT_GAIN } from './locality'
import type { PartLine } from './parts'
import { editRegion } from './regions'
import { IDENTITY } from './similarity'
import { drawn, drawnContour } from './testStrokes'
import { type Version, versionDifference } from './versionDifference'

const SIZE_PX = 64

/** A face of one grey, brighter by `more` where `isThere`. */
function face(grey: number, more = 0, isThere: (i: number) => boolean = () => false): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(SIZE_PX * SIZE_PX * 4).fill(255)
  for (let i = 0; i < SIZE_PX * SIZE_PX; i++) pixels.fill(grey + (isThere(i) ? more : 0), 4 * i, 4 * i + 3)
  return pixels
}

const version = (strokes: readonly PartLine[], pixels = face(100)): Version => ({ document: { strokes }, placement: IDENTITY, pixels })
const level = (y: number, from = 100, to = 200): PartLine => drawn('mouth', [from, y, 0.5, to, y, 0.5])
const ofPart = (before: Version, after: Version, part: string) => versionDifference(before, after).parts.find((each) => each.part === part)

describe('what differs between two versions', () => {
  it('is nothing for the same lines, though they are other objects, and the same picture', () => {
    const { parts, pictureChange, heat } = versionDifference(version([level(300)]), version([level(300)]))
    expect(parts.find(({ part }) => part === 'mouth')).toEqual({ part: 'mouth', lines: 'same', mostPx: 0, meanPx: 0, pictureChange: 0 })
    expect(parts.find(({ part }) => part === 'nose')).toEqual({ part: 'nose', lines: 'none', mostPx: null, meanPx: null, pictureChange: 0 })
    expect(pictureChange).toBe(0)
    expect(heat.every((value) => value === 0)).toBe(true)
  })

  it('is the shift of a line that was moved across itself', () => {
    expect(ofPart(version([level(300)]), version([level(306)]), 'mouth')).toMatchObject({ lines: 'changed', mostPx: 6, meanPx: 6 })
  })

  it('is at most how far a line was lengthened, and little on average', () => {
    // 51 samples lie on the longer line; of its 61 (two pixels apart, x = 100 … 220) the last ten lie 2, 4, … 20 px beyond the old end.
    const mouth = ofPart(version([level(300, 100, 200)]), version([level(300, 100, 220)]), 'mouth')
    expect(mouth?.mostPx).toBeCloseTo(20, 9)
    expect(mouth?.meanPx).toBeCloseTo(110 / (51 + 61), 9)
  })

  it('counts the ink that stayed', () => {
    // Each version: 51 samples of the line that stayed, 51 of the one that moved by 4.
    const before = version([level(300), level(340)])
    const after = version([level(300), level(344)])
    expect(ofPart(before, after, 'mouth')).toMatchObject({ lines: 'changed', mostPx: 4, meanPx: 2 })
  })

  it('has no distance where one version has no line', () => {
    expect(ofPart(version([]), version([level(300)]), 'mouth')).toMatchObject({ lines: 'added', mostPx: null, meanPx: null })
    expect(ofPart(version([level(300)]), version([]), 'mouth')).toMatchObject({ lines: 'removed', mostPx: null, meanPx: null })
  })

  it('takes a line whose part was changed for removed here and added there', () => {
    const before = version([drawn('mouth', [100, 300, 0.5, 200, 300, 0.5])])
    const after = version([drawn('nose', [100, 300, 0.5, 200, 300, 0.5])])
    expect(ofPart(before, after, 'mouth')?.lines).toBe('removed')
    expect(ofPart(before, after, 'nose')?.lines).toBe('added')
  })

  it('tells of hair, ears and other lines only where there are some', () => {
    expect(ofPart(version([]), version([]), 'hair')).toBeUndefined()
    expect(ofPart(version([]), version([drawn('hair', [100, 50, 0.5, 200, 50, 0.5])]), 'hair')?.lines).toBe('added')
  })

  it('measures pictures in the region of each part, and in all', () => {
    const lines = [drawnContour('upperLipOuter'), drawnContour('lowerLipOuter')]
    const mouth = editRegion(lines, lines, 'mouth', SIZE_PX)
    const count = mouth.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
    const before = version(lines, face(100))
    const after = version(
      lines,
      face(100, 30, (i) => (mouth[i] ?? 0) > 0),
    )
    const difference = versionDifference(before, after)
    expect(difference.parts.find(({ part }) => part === 'mouth')).toMatchObject({ lines: 'same', pictureChange: 30 })
    expect(difference.parts.find(({ part }) => part === 'leftBrow')).toMatchObject({ lines: 'none', pictureChange: 0 })
    expect(difference.pictureChange).toBeCloseTo((30 * count) / (SIZE_PX * SIZE_PX), 9)
    expect([...difference.heat].filter((value) => value === 30 * HEAT_GAIN)).toHaveLength(count)
  })

  it('looks at pictures where the drawing was placed', () => {
    const shifted = { ...IDENTITY, dy: -100 }
    const lines = [drawnContour('upperLipOuter', 0, 100), drawnContour('lowerLipOuter', 0, 100)]
    const mouth = editRegion([drawnContour('upperLipOuter'), drawnContour('lowerLipOuter')], [], 'mouth', SIZE_PX)
    const before = { ...version(lines), placement: shifted }
    const after = {
      ...version(
        lines,
        face(100, 30, (i) => (mouth[i] ?? 0) > 0),
      ),
      placement: shifted,
    }
    expect(ofPart(before, after, 'mouth')?.pictureChange).toBeGreaterThan(29)
  })

  it('refuses pictures of two sizes', () => {
    expect(() => versionDifference(version([]), version([], new Uint8ClampedArray(16)))).toThrow(RangeError)
  })
})
