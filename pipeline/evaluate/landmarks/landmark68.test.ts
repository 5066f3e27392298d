import { describe, expect, it } from 'vitest'
import { eyeDistance, LANDMARK_COUNT } from '../../../src/faces/landmarks'
import meanFace from '../../../src/faces/meanFace.json'
import { FIGURE_PARTS, landmark68OfMesh, MESH_INDEX_OF_LANDMARK, parseLandmark68 } from './landmark68'

/** A mesh whose point i lies at (i, 2 i). */
const numberedMesh = Array.from({ length: 478 }, (_, i) => [i, 2 * i, 0])

describe('the mesh points that stand for the 68 landmarks', () => {
  it('names 68 different points of the 468-point mesh', () => {
    expect(MESH_INDEX_OF_LANDMARK).toHaveLength(LANDMARK_COUNT)
    expect(new Set(MESH_INDEX_OF_LANDMARK).size).toBe(LANDMARK_COUNT)
    expect(Math.max(...MESH_INDEX_OF_LANDMARK)).toBeLessThan(468)
  })

  it('has the well-known points in their iBUG places', () => {
    const known: [landmark: number, mesh: number][] = [
      [8, 152], // chin
      [30, 4], // tip of the nose
      [36, 33], // outer corners of the eyes
      [45, 263],
      [48, 61], // corners of the mouth
      [54, 291],
      [51, 0], // middle of the upper lip, outside and inside
      [62, 13],
    ]
    for (const [landmark, mesh] of known) expect(MESH_INDEX_OF_LANDMARK[landmark]).toBe(mesh)
  })

  it('takes the points out of a mesh and scales them to the picture', () => {
    const landmarks = landmark68OfMesh(numberedMesh, 512)
    expect(landmarks).toHaveLength(LANDMARK_COUNT)
    expect(landmarks?.[8]).toEqual([152 / 512, 304 / 512])
  })

  it('gives nothing for an incomplete or broken mesh', () => {
    expect(landmark68OfMesh(numberedMesh.slice(0, 6), 512)).toBeNull()
    expect(
      landmark68OfMesh(
        numberedMesh.map((point) => [Number.NaN, ...point]),
        512,
      ),
    ).toBeNull()
  })
})

describe('the parts of the figure', () => {
  it('cover every landmark once', () => {
    const covered = Object.values(FIGURE_PARTS).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
    expect(covered.sort((a, b) => a - b)).toEqual(Array.from({ length: LANDMARK_COUNT }, (_, i) => i))
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
