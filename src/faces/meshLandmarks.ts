/** The points of the detector's face mesh that stand for the 68 landmarks. */

import type { Landmarks68, Point } from './landmarks'

/** For each of the 68 landmarks, the index of the face mesh's point (of 468 or 478) that lies nearest to its definition. */
export const MESH_INDEX_OF_LANDMARK: readonly number[] = [
  ...[162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389], // jaw
  ...[71, 63, 105, 66, 107, 336, 296, 334, 293, 301], // brows
  ...[168, 197, 5, 4, 75, 97, 2, 326, 305], // nose
  ...[33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380], // eyes
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87], // mouth
]

/** Face mesh in pixels of a square picture → the 68 landmarks in 0–1, or `null` when the mesh is incomplete. */
export function landmark68OfMesh(mesh: readonly (readonly (number | undefined)[])[], sizePx: number): Landmarks68 | null {
  const points: Point[] = []
  for (const index of MESH_INDEX_OF_LANDMARK) {
    const [x, y] = mesh[index] ?? []
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return null
    points.push([x / sizePx, y / sizePx])
  }
  return points
}
