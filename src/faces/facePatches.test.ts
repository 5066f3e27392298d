import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FACE_PATCHES, type FacePatch, hidesLeft, patchCorner } from './facePatches'
import { type Landmarks68, mirrorLandmarks, type Point } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'

interface Case {
  landmarks: Landmarks68
  sizes: Record<FacePatch, Point>
  sidePx: number
  hidesLeft: boolean
  corners: Record<FacePatch, Point>
  mirrored: Landmarks68
}
const cases = JSON.parse(readFileSync(new URL('../../tests/golden/facePatches.json', import.meta.url), 'utf8')) as Case[]

describe('patches of a face', () => {
  it.each(cases.map((one, i) => [i, one] as const))('case %i: as the pipeline cuts them', (_, one) => {
    expect(hidesLeft(one.landmarks)).toBe(one.hidesLeft)
    for (const patch of FACE_PATCHES)
      expect(patchCorner(one.landmarks, patch, one.sizes[patch], one.sidePx), patch).toEqual(one.corners[patch])
    mirrorLandmarks(one.landmarks).forEach((point, i) => {
      for (const axis of [0, 1] as const) expect(point[axis], `${i}`).toBeCloseTo(one.mirrored[i]?.[axis] as number, 9)
    })
  })

  it('has faces that hide either side, and patches at the border', () => {
    expect(new Set(cases.map((one) => one.hidesLeft))).toEqual(new Set([true, false]))
    expect(cases.some(({ corners, sizes, sidePx }) => FACE_PATCHES.some((patch) => corners[patch][0] + sizes[patch][0] === sidePx))).toBe(
      true,
    )
  })

  it('mirrors a face twice into itself', () => {
    mirrorLandmarks(mirrorLandmarks(MEAN_LANDMARKS)).forEach(([x, y], i) => {
      expect(x).toBeCloseTo(MEAN_LANDMARKS[i]?.[0] as number, 12)
      expect(y).toBe(MEAN_LANDMARKS[i]?.[1])
    })
  })
})
