import { describe, expect, it } from 'vitest'
import { eyeDistance, mirrorPart, parseLandmark68 } from './landmarks'
import meanFace from './meanFace.json'
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

describe('parseLandmark68', () => {
  it('takes the mean face, whose outer eye corners lie a good third of the picture apart', () => {
    expect(eyeDistance(parseLandmark68(meanFace, 'mean face'))).toBeCloseTo(0.37, 1)
  })

  it('refuses anything else, naming the source', () => {
    expect(() => parseLandmark68(meanFace.slice(1), 'faces.jsonl:7')).toThrow('faces.jsonl:7')
    expect(() => parseLandmark68([...meanFace.slice(1), [0, null]], 'x')).toThrow('68')
  })
})
