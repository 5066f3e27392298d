/**
 * Ink → skeleton: lines one pixel wide that keep the drawing's shape (Guo and Hall 1989), without the corner pixels that the method leaves on
 * staircases, so that afterwards two neighbours mean a line, one its end, three a junction.
 */

import type { InkMask } from './components'

/** Neighbours clockwise from above, as the paper numbers them P2 … P9. */
const clockwise = (width: number): number[] => [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1]

/** @returns a mask of the same size as the ink; its outermost pixels are 0, as the ink's are */
export function thin({ width, ink }: InkMask): Uint8Array {
  const skeleton = ink.slice()
  const around = clockwise(width)
  // Most pixels of a filled area, told from four neighbours.
  const isInside = (pixel: number): boolean =>
    skeleton[pixel - 1] === 1 && skeleton[pixel + 1] === 1 && skeleton[pixel - width] === 1 && skeleton[pixel + width] === 1
  // Only pixels at the edge of the ink can go, so only these are looked at: a filled area costs its area once, not once a layer.
  let edge: number[] = []
  const isAtEdge = new Uint8Array(skeleton.length)
  const addToEdge = (pixel: number): void => {
    if (!skeleton[pixel] || isAtEdge[pixel] || isInside(pixel)) return
    isAtEdge[pixel] = 1
    edge.push(pixel)
  }
  for (let i = 0; i < skeleton.length; i++) addToEdge(i)
  for (let changed = true; changed; ) {
    changed = false
    for (const removable of REMOVABLE) {
      const doomed = edge.filter((pixel) => removable[neighbourhood(skeleton, pixel, around)]).sort((a, b) => a - b)
      for (const pixel of doomed) {
        // The method would take both layers of a 2 × 2 dot at once; the last pixel of anything stays.
        if (around.some((offset) => skeleton[pixel + offset])) skeleton[pixel] = 0
      }
      const removed = doomed.filter((pixel) => !skeleton[pixel])
      edge = edge.filter((pixel) => skeleton[pixel])
      for (const pixel of removed) for (const offset of around) addToEdge(pixel + offset)
      if (removed.length > 0) changed = true
    }
  }
  for (const pixel of edge.sort((a, b) => a - b)) if (isCorner(skeleton, pixel, around)) skeleton[pixel] = 0
  return skeleton
}

/** Neighbours as bits, clockwise from above. */
function neighbourhood(skeleton: Uint8Array, pixel: number, around: readonly number[]): number {
  let code = 0
  for (let i = 0; i < 8; i++) code |= (skeleton[pixel + (around[i] ?? 0)] ?? 0) << i
  return code
}

/**
 * The conditions of Guo and Hall by neighbourhood: one component around, 2 or 3 neighbouring pairs, and the side that a pass takes away. Diagonal lines two
 * pixels wide survive it, which those of Zhang and Suen (1984) take away altogether.
 */
const REMOVABLE: readonly Uint8Array[] = [0, 1].map((pass) =>
  Uint8Array.from({ length: 256 }, (_, code) => {
    const at = (i: number): boolean => ((code >> (i % 8)) & 1) === 1
    const count = (one: number): number => [0, 2, 4, 6].filter((i) => at(i + one) || at(i + one + 1)).length
    const components = [0, 2, 4, 6].filter((i) => !at(i) && (at(i + 1) || at(i + 2))).length
    const pairs = Math.min(count(0), count(7))
    const [up, right] = [pass === 0 ? 4 : 0, pass === 0 ? 6 : 2]
    const isHeld = (at(up) || at(up + 1) || !at(up + 3)) && at(right)
    return components === 1 && pairs >= 2 && pairs <= 3 && !isHeld ? 1 : 0
  }),
)

/** Not an end, and its neighbours hang together without it (8-connectivity number 1, Yokoi 1973). */
function isCorner(skeleton: Uint8Array, pixel: number, around: readonly number[]): boolean {
  const empty = (i: number): number => 1 - (skeleton[pixel + (around[i % 8] ?? 0)] ?? 0)
  let connectivity = 0
  for (const i of [0, 2, 4, 6]) connectivity += empty(i) - empty(i) * empty(i + 1) * empty(i + 2)
  const count = around.reduce((sum, offset) => sum + (skeleton[pixel + offset] ?? 0), 0)
  return connectivity === 1 && count >= 2
}

/** Distance of every ink pixel to the nearest paper in pixels (chamfer 3-4, Borgefors 1986): half the width of the line around a skeleton pixel. */
export function distanceToPaper({ width, ink }: InkMask): Float32Array {
  const far = 1e6
  const diagonal = 4 / 3
  const distance = new Float32Array(ink.length)
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue
    const up = i - width
    distance[i] = Math.min(
      far,
      (distance[up - 1] ?? far) + diagonal,
      (distance[up] ?? far) + 1,
      (distance[up + 1] ?? far) + diagonal,
      (distance[i - 1] ?? far) + 1,
    )
  }
  for (let i = ink.length - 1; i >= 0; i--) {
    if (!ink[i]) continue
    const down = i + width
    distance[i] = Math.min(
      distance[i] ?? far,
      (distance[down + 1] ?? far) + diagonal,
      (distance[down] ?? far) + 1,
      (distance[down - 1] ?? far) + diagonal,
      (distance[i + 1] ?? far) + 1,
    )
  }
  return distance
}
