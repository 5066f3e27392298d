import { describe, expect, it } from 'vitest'
import { eyeDistance, mirrorPart } from './landmarks'
import { PARTS } from './parts'

describe('parts', () => {
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
})
