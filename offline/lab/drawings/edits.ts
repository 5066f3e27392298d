/** What each group does to its base drawing: the `n`th of its edits, of one part alone. Everything follows from the random numbers that are given. */

import type { Stroke } from '../../../src/editor/document'
import type { Line } from '../../../src/lab/drawingSet'
import { arc, type Dot, penLine, traced } from './pen'
import { bent, CENTRES, changed, type Random } from './person'

export type Edit = (
  base: readonly Stroke[],
  random: Random,
  n: number,
) => { readonly strokes: readonly Stroke[]; readonly added?: readonly Line[] }

/** Hair from one side over the head to the other, its length and width and waves of many kinds, and strands. */
export const addHair: Edit = (base, random, n) => {
  const [wide, top, end] = [130 + 30 * (1 + random(1)), 35 + 30 * (1 + random(1)), 250 + 110 * (1 + random(1))]
  const [waves, height] = [n % 3 === 0 ? 0 : 8 + (n % 5) * 4, (n % 4) * 2.5]
  const outline = (t: number): Dot => {
    const swell = height * Math.sin(2 * Math.PI * waves * t)
    // Down, over the head, down again.
    if (t < 0.25) return [256 - wide - swell, end + (t / 0.25) * (200 - end)]
    if (t > 0.75) return [256 + wide + swell, 200 + ((t - 0.75) / 0.25) * (end - 200)]
    const angle = Math.PI * (1 + (t - 0.25) / 0.5)
    return [256 + (wide + swell) * Math.cos(angle), 200 + (200 - top + swell) * Math.sin(angle)]
  }
  const lines = [penLine(traced(outline, 90), random)]
  for (let i = 0; i < n % 6; i++) {
    const from = random(70)
    const side = i % 2 === 0 ? -1 : 1
    lines.push(
      penLine(
        traced((t) => [256 + from * (1 - t) + side * (wide - 12) * t, top + 14 + 110 * t * t + 8 * i], 10),
        random,
      ),
    )
  }
  return { strokes: base, added: lines }
}

/** In turn a beard, wrinkles, and ears. */
export const addAttribute: Edit = (base, random, n) => {
  const kinds = [beard, wrinkles, ears] as const
  return { strokes: base, added: (kinds[n % kinds.length] as typeof beard)(random, n) }
}

function beard(random: Random, n: number): Line[] {
  return Array.from({ length: 10 + n }, () => {
    const [x, y] = [256 + random(85), 430 + random(22)]
    return penLine(
      [
        [x, y],
        [x + random(4), y + 8],
        [x + random(5), y + 18],
      ],
      random,
      0.4,
    )
  })
}

function wrinkles(random: Random, n: number): Line[] {
  const forehead = Array.from({ length: 1 + (n % 3) }, (_, i) =>
    penLine(
      traced((t) => [180 + 152 * t, 150 + 16 * i + 5 * Math.sin(Math.PI * t) + random(1)], 14),
      random,
    ),
  )
  const folds = [-1, 1].map((side) =>
    penLine(
      traced((t) => [256 + side * (44 + 22 * t), 335 + 42 * t], 8),
      random,
      1.5,
    ),
  )
  return [...forehead, ...folds]
}

function ears(random: Random): Line[] {
  const [rx, ry, y] = [20 + random(6), 38 + random(8), 268 + random(8)]
  return [penLine(arc([98, y], rx, ry, 0.2, 0.8), random), penLine(arc([414, y], rx, ry, 0.7, 1.3), random)]
}

/** Wider, longer, and the chin pointed or square. */
export const shapeFace: Edit = (base, random) => {
  const [point, low] = [random(0.35), random(16)]
  const scaled = changed(base, 'jaw', { sx: 1 + random(0.1), sy: 1 + random(0.07) })
  return { strokes: bent(scaled, 'jaw', (x, y) => (y > 340 ? [(point * (256 - x) * (y - 340)) / 130, (low * (y - 340)) / 130] : [0, 0])) }
}

export const moveBrows: Edit = (base, random) => {
  const arch = random(9)
  const moved = changed(base, 'leftBrow', { dy: random(9), dx: random(4), sy: 1 + random(0.5), sx: 1 + random(0.12), radians: random(0.2) })
  return { strokes: bent(moved, 'leftBrow', (x) => [0, -arch * (1 - ((x - CENTRES.leftBrow[0]) / 44) ** 2)]) }
}

/** Narrow or round, slanted up or down, its outer corner drawn out. */
export const shapeEyes: Edit = (base, random) => {
  const outer = random(7)
  const turned = changed(base, 'leftEye', { sy: 1 + random(0.55), radians: random(0.18) })
  return { strokes: bent(turned, 'leftEye', (x) => (x < 190 ? [((x - 190) / 25) * Math.abs(outer), (outer * (190 - x)) / 25] : [0, 0])) }
}

/** Larger or smaller by a step each. */
export const scaleEyes: Edit = (base, _random, n) => {
  const scale = 0.72 + 0.08 * n + (n >= 4 ? 0.06 : 0)
  return { strokes: changed(base, 'leftEye', { sx: scale, sy: scale }) }
}

/** Wider, fuller, moved, smiling or not, open. */
export const moveMouth: Edit = (base, random, n) => {
  const [smile, open] = [random(11), n % 3 === 0 ? 5 + 5 * (1 + random(1)) : 0]
  const moved = changed(base, 'mouth', { sx: 1 + random(0.28), sy: 1 + random(0.4), dx: random(6), dy: random(8) })
  return {
    strokes: bent(moved, 'mouth', (x, y) => [
      0,
      -smile * ((x - 256) / 52) ** 2 + (y > CENTRES.mouth[1] ? open * Math.max(0, 1 - ((x - 256) / 50) ** 2) : 0),
    ]),
  }
}

/** Wider, longer, moved, its bridge bent; above the eyes' line it stays, so that only the nose is edited. */
export const moveNose: Edit = (base, random) => {
  const bridge = random(7)
  const moved = changed(base, 'nose', { sx: 1 + random(0.35), sy: 1 + random(0.14), dx: random(7), dy: random(8) })
  return { strokes: bent(moved, 'nose', (_, y) => [y < 330 ? bridge * Math.sin((Math.PI * (y - 247)) / 83) : 0, 0]) }
}
