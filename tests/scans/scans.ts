/**
 * Scans and phone pictures of drawings, made by code from our own contours: paper, light, blur, turn, size, notes, shading, holes, rules, a table. Each knows
 * where its face's parts lie on the sheet, so that a tracing can be judged.
 */

import jpeg from 'jpeg-js'
import { rasterize } from '../../src/editor/rasterizer'
import { contoursOf, MEAN_LANDMARKS } from '../../src/faces/meanFace'
import type { MeanFacePart } from '../../src/faces/parts'
import { mulberry32 } from '../../src/shared/rng'
import { BITMAP_PX, photograph } from './photograph'
import { RECIPES, type Recipe } from './recipes'

export interface Scan {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The face's own contours in the mean face's frame: flat x, y in sketch pixels. */
  readonly contours: readonly { readonly part: MeanFacePart; readonly points: readonly number[] }[]
}

/** @param seed another person, and other notes, in each */
export function makeScans(seed = 1): Scan[] {
  return RECIPES.map((recipe, i) => makeScan(recipe, mulberry32(seed * 100 + i)))
}

function makeScan(recipe: Recipe, random: () => number): Scan {
  const contours = contoursOf(personOf(random)).map(({ part, points }) => ({ part, points }))
  const { pixels, width, height } = photograph(recipe, rasterize(sheetLines(recipe, contours, random), BITMAP_PX), random)
  const { data } = jpeg.encode({ width, height, data: pixels }, recipe.quality)
  return { name: recipe.name, bytes: Uint8Array.from(data), contours }
}

/** Parts moved and scaled a little, both sides alike. */
function personOf(random: () => number): [number, number][] {
  const spread = (most: number): number => (2 * random() - 1) * most
  const groups = [
    [0, 17],
    [17, 27],
    [27, 36],
    [36, 48],
    [48, 68],
  ]
  const landmarks = MEAN_LANDMARKS.map(([x, y]) => [x, y] as [number, number])
  for (const [from = 0, to = 0] of groups) {
    const [dy, sx, sy] = [spread(0.008), 1 + spread(0.05), 1 + spread(0.06)]
    const ys = landmarks.slice(from, to).map(([, y]) => y)
    const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length
    for (let i = from; i < to; i++) {
      const [x, y] = landmarks[i] ?? [0, 0]
      landmarks[i] = [0.5 + (x - 0.5) * sx, middle + (y - middle) * sy + dy]
    }
  }
  return landmarks
}

type Line = readonly number[]

/** Everything drawn on the sheet, in sheet pixels (512): x, y, width. */
function sheetLines(recipe: Recipe, contours: Scan['contours'], random: () => number): Line[] {
  const angle = (recipe.turn * Math.PI) / 180
  const [cos, sin] = [recipe.scale * Math.cos(angle), recipe.scale * Math.sin(angle)]
  const [dx, dy] = recipe.shift ?? [0, 0]
  const placed = (x: number, y: number): [number, number] => {
    const [u, v] = [x - 256, y - 290]
    return [256 + dx + cos * u - sin * v, 270 + dy + sin * u + cos * v]
  }
  const drawn = (points: readonly number[], width: number): Line => {
    const line: number[] = []
    for (let i = 0; i + 1 < points.length; i += 2) line.push(...placed(points[i] ?? 0, points[i + 1] ?? 0), width)
    return line
  }
  const lines = contours.map(({ points }) => drawn(points, recipe.inkWidthPx))
  if (recipe.hair) {
    for (let k = 0; k < 9; k++) {
      const r = 215 + 8 * k
      const arc = Array.from({ length: 24 }, (_, i) => [
        256 - r * 0.8 * Math.cos((Math.PI * i) / 23),
        255 - r * Math.sin((Math.PI * i) / 23),
      ]).flat()
      lines.push(drawn(arc, recipe.inkWidthPx))
    }
  }
  if (recipe.shading) for (let k = 0; k < 16; k++) lines.push(drawn([118 + 3 * k, 330 + 5 * k, 132 + 3 * k, 318 + 5 * k], 1.2))
  if (recipe.notes) {
    for (let row = 0; row < 4; row++) {
      for (let letter = 0; letter < 6; letter++) {
        const [x, y] = [425 + 13 * letter, 90 + 24 * row]
        lines.push([x, y, 1.8, x + 2 + 5 * random(), y + 11, 1.8, x + 7, y + 2 + 6 * random(), 1.8])
      }
    }
  }
  return lines
}
