import { describe, expect, it } from 'vitest'
import { LANDMARK_COUNT } from './landmarks'
import { landmark68OfMesh, MESH_INDEX_OF_LANDMARK } from './meshLandmarks'

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
