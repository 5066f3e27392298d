/** The painted page: which lines of which shapes can be seen on it, as wide as they are. */

import { SKETCH_SIZE_PX } from '../../../shared/units'
import type { Budget } from '../budget'
import { type Affine, compose, scaleOf } from './affine'
import { Canvas, type ClipMask, type Rgb, toRgb } from './canvas'
import { type Colour, parseColour } from './colours'
import { flatten } from './curves'
import { linesOfFill } from './fills'
import type { Clip, Item } from './painted'
import { cutLine, lineVisible, look, ownedBy, type Painted, runsOf, type Samples, sampleLine } from './visibility'

/** A shape with its subpaths as polylines in sketch pixels, flat x, y. */
export interface DrawnLine {
  readonly item: Item
  readonly map: Affine
  readonly lines: readonly (readonly number[])[]
}

export interface VisibleLine {
  /** Flat x, y in sketch pixels. */
  readonly points: number[]
  readonly widthPx: number
}

/** Canvas pixels to a sketch pixel. */
const SCALE = 2
const CANVAS_PX = SCALE * SKETCH_SIZE_PX
const WHITE: Rgb = 0xffffff
/** Edges and bare paths get a pen's common width. */
const EDGE_WIDTH_PX = 2

interface Watched {
  readonly line: readonly number[]
  readonly samples: Samples
  readonly painted: Painted
}

/**
 * What can be seen on the ground that the drawing asks for, or on white. Light lines for a dark page show on black; and of a file that would show nothing
 * because its paths are bare, the paths are taken.
 */
export function visibleLines(
  drawn: readonly DrawnLine[],
  page: Affine,
  background: string | null,
  budget: Budget,
): ReadonlyMap<Item, readonly VisibleLine[]> {
  const ground = parseColour(background ?? '', { r: 0, g: 0, b: 0, alpha: 1 })
  const grounds: Rgb[] = ground && ground.alpha > 0.5 ? [toRgb(ground)] : [WHITE, 0]
  for (const rgb of grounds) {
    const lines = new PaintedPage(drawn, page, rgb, budget).lines()
    if (lines.size > 0) return lines
  }
  return new Map(
    drawn
      .filter(({ item }) => item.isBare)
      .map(({ item, lines }) => [item, lines.map((line) => ({ points: [...line], widthPx: EDGE_WIDTH_PX }))]),
  )
}

class PaintedPage {
  private readonly canvas: Canvas
  private readonly watched = new Map<Item, Watched[]>()
  private readonly clipMasks = new Map<Clip, ClipMask>()
  private readonly drawn: readonly DrawnLine[]
  private readonly page: Affine
  private readonly budget: Budget

  constructor(drawn: readonly DrawnLine[], page: Affine, background: Rgb, budget: Budget) {
    this.drawn = drawn
    this.page = page
    this.budget = budget
    this.canvas = new Canvas(CANVAS_PX, background, budget)
    for (const [owner, line] of drawn.entries()) this.paint(line, owner)
  }

  lines(): Map<Item, VisibleLine[]> {
    const found = new Map<Item, VisibleLine[]>()
    for (const [owner, line] of this.drawn.entries()) {
      const strokes = this.strokesOf(line)
      const lines = strokes.length > 0 ? strokes : this.fillsOf(line, owner)
      if (lines.length > 0) found.set(line.item, lines)
    }
    return found
  }

  private paint({ item, map, lines }: DrawnLine, owner: number): void {
    const clip = this.clipOf(item.clips)
    const scaled = lines.map((line) => line.map((value) => SCALE * value))
    // Numbers of fills and lines differ, so that each is blended once.
    if (item.fill) this.canvas.fill(scaled, item.fillRule, item.fill, 2 * owner, clip)
    if (!item.stroke) return
    const radius = (SCALE * this.widthOf(item, map)) / 2
    const watched: Watched[] = []
    for (const line of scaled) watched.push(this.paintLine(line, radius, item.stroke, 2 * owner + 1, clip))
    this.watched.set(item, watched)
  }

  private paintLine(line: readonly number[], radius: number, colour: Colour, owner: number, clip: ClipMask | null): Watched {
    const samples = sampleLine(line, CANVAS_PX, () => this.budget.spend(80))
    const before = look(this.canvas, samples)
    const dot = line.length === 2 ? [...line, ...line] : line
    this.canvas.stroke(dot, radius, colour, owner, clip)
    return { line, samples, painted: { before, after: look(this.canvas, samples), isPainted: ownedBy(this.canvas, samples, owner) } }
  }

  private widthOf(item: Item, map: Affine): number {
    return item.strokeWidth * scaleOf(item.isWidthFixed ? this.page : map)
  }

  private strokesOf({ item, map }: DrawnLine): VisibleLine[] {
    const widthPx = this.widthOf(item, map)
    const found: VisibleLine[] = []
    for (const { line, samples, painted } of this.watched.get(item) ?? []) {
      const visible = lineVisible(this.canvas, samples, painted, (SCALE * widthPx) / 2)
      for (const run of runsOf(visible, SCALE * widthPx)) {
        const points = cutLine(line, samples, run, 2)
        if (points) found.push({ points: points.map((value) => value / SCALE), widthPx })
      }
    }
    return found
  }

  private fillsOf({ item, lines }: DrawnLine, owner: number): VisibleLine[] {
    if (!item.fill) return []
    const polygons = lines.map((line) => line.map((value) => SCALE * value))
    const fill = { polygons, rule: item.fillRule, colour: item.fill, owner: 2 * owner }
    return linesOfFill(this.canvas, fill, this.budget).map(({ points, widthPx }) => ({
      points: points.map((value) => value / SCALE),
      widthPx: widthPx === 0 ? EDGE_WIDTH_PX : widthPx / SCALE,
    }))
  }

  private clipOf(clips: readonly Clip[]): ClipMask | null {
    const masks = clips.map((clip) => this.maskOf(clip))
    const [first, ...others] = masks
    if (!first || others.length === 0) return first ?? null
    this.budget.spend((others.length * first.length) / 2)
    return first.map((value, i) => (value && others.every((mask) => mask[i]) ? 1 : 0))
  }

  private maskOf(clip: Clip): ClipMask {
    const known = this.clipMasks.get(clip)
    if (known) return known
    // A megabyte each: a drawing has few; one with many makes them again.
    if (this.clipMasks.size >= 16) this.clipMasks.clear()
    const groups = clip.shapes.map(({ subpaths, map, rule }) => ({
      rule,
      polygons: subpaths.map((subpath) =>
        flatten(subpath, compose(this.page, map), () => this.budget.spend(40)).map((value) => SCALE * value),
      ),
    }))
    const mask = this.canvas.clipOf(groups)
    this.clipMasks.set(clip, mask)
    return mask
  }
}
