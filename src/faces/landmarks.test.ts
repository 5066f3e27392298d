import { describe, expect, it } from 'vitest'
import { eyeDistance, MIRROR_INDEX, mirrorLandmarks, mirrorPart, partLandmarks } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import { PARTS } from './parts'

describe('the mirror image of 68 landmarks', () => {
  it('swaps every landmark with one partner', () => {
    expect(MIRROR_INDEX).toHaveLength(68)
    expect(MIRROR_INDEX.map((mirrored) => MIRROR_INDEX[mirrored])).toEqual(MIRROR_INDEX.map((_, i) => i))
  })

  it('keeps exactly the landmarks on the middle line', () => {
    const own = MIRROR_INDEX.flatMap((mirrored, i) => (mirrored === i ? [i] : []))
    expect(own).toEqual([8, 27, 28, 29, 30, 33, 51, 57, 62, 66])
  })

  it('leaves the symmetric mean face as it is', () => {
    mirrorLandmarks(MEAN_LANDMARKS).forEach(([x, y], i) => {
      expect(x).toBeCloseTo(MEAN_LANDMARKS[i]?.[0] ?? 0, 4)
      expect(y).toBeCloseTo(MEAN_LANDMARKS[i]?.[1] ?? 0, 4)
    })
  })

  it('swaps sides of parts and back', () => {
    expect(mirrorPart('leftEye')).toBe('rightEye')
    for (const part of PARTS) expect(mirrorPart(mirrorPart(part))).toBe(part)
  })
})

describe('landmarks', () => {
  it('measure the eye distance between the outer corners', () => {
    const landmarks = Array.from({ length: 68 }, (_, i): [number, number] => (i === 45 ? [0.6, 0.8] : [0, 0]))
    expect(eyeDistance(landmarks)).toBe(1)
  })

  it('belong to the parts that they draw', () => {
    expect(partLandmarks('leftEye')).toEqual([36, 37, 38, 39, 40, 41])
    expect(partLandmarks('mouth')).toHaveLength(20)
  })
})
