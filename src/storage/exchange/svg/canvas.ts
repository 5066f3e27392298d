/**
 * A small software canvas on which a drawing is painted as a browser would paint it, to see what of it can be seen: colours, and the number of the shape
 * that painted a pixel last. No antialiasing: it is asked about places, not shown.
 */

import type { Budget } from '../budget'
import type { Colour } from './colours'
import { type Polygon, scanPolygons } from './scanline'
import type { FillRule } from './style'

/** Red, green and blue in one number. */
export type Rgb = number

export const toRgb = ({ r, g, b }: Colour): Rgb => (r << 16) | (g << 8) | b

/** The greatest difference of a channel, 0–255. */
export function contrast(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs((a >> 16) - (b >> 16)), Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)), Math.abs((a & 255) - (b & 255)))
}

function blend(below: Rgb, { r, g, b, alpha }: Colour): Rgb {
  const mix = (under: number, over: number): number => Math.round(under + alpha * (over - under))
  return (mix(below >> 16, r) << 16) | (mix((below >> 8) & 255, g) << 8) | mix(below & 255, b)
}

/** 1 where something may be painted. */
export type ClipMask = Uint8Array

export class Canvas {
  readonly size: number
  readonly colours: Uint32Array
  /** Number of the shape that painted each pixel last; −1 is the ground. */
  readonly owners: Int32Array
  private readonly budget: Budget

  constructor(size: number, background: Rgb, budget: Budget) {
    this.size = size
    this.budget = budget
    this.colours = new Uint32Array(size * size).fill(background)
    this.owners = new Int32Array(size * size).fill(-1)
  }

  /** −1 outside of the canvas. */
  indexAt(x: number, y: number): number {
    const [column, row] = [Math.floor(x), Math.floor(y)]
    return column >= 0 && row >= 0 && column < this.size && row < this.size ? row * this.size + column : -1
  }

  clipOf(groups: readonly { readonly polygons: readonly Polygon[]; readonly rule: FillRule }[]): ClipMask {
    const mask = new Uint8Array(this.size * this.size)
    this.budget.spend(mask.length / 4)
    for (const { polygons, rule } of groups) {
      scanPolygons(polygons, rule, { width: this.size, height: this.size }, this.budget, (row, from, to) =>
        mask.fill(1, row * this.size + from, row * this.size + to),
      )
    }
    return mask
  }

  fill(polygons: readonly Polygon[], rule: FillRule, colour: Colour, owner: number, clip: ClipMask | null): void {
    scanPolygons(polygons, rule, { width: this.size, height: this.size }, this.budget, (row, from, to) =>
      this.paintSpan(row * this.size + from, row * this.size + to, colour, owner, clip),
    )
  }

  /** A line with round ends and corners. */
  stroke(line: Polygon, radius: number, colour: Colour, owner: number, clip: ClipMask | null): void {
    for (let i = 0; i + 3 < line.length; i += 2) {
      this.capsule([line[i] ?? 0, line[i + 1] ?? 0, line[i + 2] ?? 0, line[i + 3] ?? 0], Math.max(0.75, radius), colour, owner, clip)
    }
  }

  private paintSpan(from: number, to: number, colour: Colour, owner: number, clip: ClipMask | null): void {
    if (colour.alpha >= 0.99 && !clip) {
      this.colours.fill(toRgb(colour), from, to)
      this.owners.fill(owner, from, to)
      return
    }
    for (let i = from; i < to; i++) {
      if (clip && !clip[i]) continue
      // A shape that crosses itself is still painted once.
      if (this.owners[i] !== owner) this.colours[i] = blend(this.colours[i] ?? 0, colour)
      this.owners[i] = owner
    }
  }

  private capsule(
    [ax, ay, bx, by]: readonly [number, number, number, number],
    radius: number,
    colour: Colour,
    owner: number,
    clip: ClipMask | null,
  ): void {
    const top = Math.max(0, Math.floor(Math.min(ay, by) - radius))
    const bottom = Math.min(this.size - 1, Math.ceil(Math.max(ay, by) + radius))
    const [dx, dy] = [bx - ax, by - ay]
    const squared = dx * dx + dy * dy
    const slant = Math.abs(dy) > 1e-3 ? dx / dy : 0
    const band = Math.abs(dy) > 1e-3 ? (radius * Math.sqrt(squared)) / Math.abs(dy) + 1 : Number.POSITIVE_INFINITY
    const left = Math.max(0, Math.floor(Math.min(ax, bx) - radius))
    const right = Math.min(this.size - 1, Math.ceil(Math.max(ax, bx) + radius))
    for (let y = top; y <= bottom; y++) {
      const middle = ax + (y + 0.5 - ay) * slant
      const from = Math.max(left, Math.floor(middle - band))
      const to = Math.min(right, Math.ceil(middle + band))
      this.budget.spend(2 + 4 * Math.max(0, to - from))
      let first = -1
      for (let x = from; x <= to; x++) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay]
        const t = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0
        const isInside = (px - t * dx) ** 2 + (py - t * dy) ** 2 <= radius * radius
        if (isInside && first < 0) first = x
        if (!isInside && first >= 0) {
          this.paintSpan(y * this.size + first, y * this.size + x, colour, owner, clip)
          first = -1
          break
        }
      }
      if (first >= 0) this.paintSpan(y * this.size + first, y * this.size + to + 1, colour, owner, clip)
    }
  }
}
