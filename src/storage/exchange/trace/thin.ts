/**
 * Ink → skeleton: lines one pixel wide that keep the drawing's shape (Zhang and Suen 1984), without the corner pixels that the method leaves on
 * staircases, so that afterwards two neighbours mean a line, one its end, three a junction.
 */

import type { InkMask } from './ink'

/** Neighbours clockwise from above, as the paper numbers them P2 … P9. */
const clockwise = (width: number): number[] => [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1]

/** @returns a mask of the same size as the ink; its outermost pixels are 0, as the ink's are */
export function thin({ width, ink }: InkMask): Uint8Array {
  const skeleton = ink.slice()
  const around = clockwise(width)
  let candidates: number[] = []
  for (let i = 0; i < skeleton.length; i++) if (skeleton[i]) candidates.push(i)
  for (let changed = true; changed; ) {
    changed = false
    for (const pass of [0, 1]) {
      const doomed = candidates.filter((pixel) => isRemovable(skeleton, pixel, around, pass))
      for (const pixel of doomed) skeleton[pixel] = 0
      if (doomed.length > 0) changed = true
      candidates = candidates.filter((pixel) => skeleton[pixel])
    }
  }
  for (const pixel of candidates) if (isCorner(skeleton, pixel, around)) skeleton[pixel] = 0
  return skeleton
}

/** The conditions of Zhang and Suen: 2 to 6 neighbours, one 0 → 1 step around, and the side that this pass takes away. */
function isRemovable(skeleton: Uint8Array, pixel: number, around: readonly number[], pass: number): boolean {
  const at = (i: number): number => skeleton[pixel + (around[i % 8] ?? 0)] ?? 0
  let count = 0
  let steps = 0
  for (let i = 0; i < 8; i++) {
    count += at(i)
    if (at(i) === 0 && at(i + 1) === 1) steps++
  }
  if (count < 2 || count > 6 || steps !== 1) return false
  const [up, right, down, left] = [at(0), at(2), at(4), at(6)]
  return pass === 0 ? up * right * down === 0 && right * down * left === 0 : up * right * left === 0 && up * down * left === 0
}

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
  const distance = Float32Array.from(ink, (value) => (value ? 1e6 : 0))
  const relax = (pixel: number, offsets: readonly (readonly [number, number])[]): void => {
    let least = distance[pixel] ?? 0
    if (least === 0) return
    for (const [offset, step] of offsets) least = Math.min(least, (distance[pixel + offset] ?? 0) + step)
    distance[pixel] = least
  }
  const before = [
    [-width - 1, 4 / 3],
    [-width, 1],
    [-width + 1, 4 / 3],
    [-1, 1],
  ] as const
  const after = before.map(([offset, step]) => [-offset, step] as const)
  for (let i = 0; i < ink.length; i++) relax(i, before)
  for (let i = ink.length - 1; i >= 0; i--) relax(i, after)
  return distance
}
