/**
 * An SVG drawing → strokes on the page, as a browser shows it: the tree becomes painted shapes (`scene.ts`), they are painted on a canvas of our own, and
 * every line that can be seen there becomes a stroke with the width it has. What could run or load something makes the file refused, with the reason.
 */

import { POINT_STRIDE, type SketchDocument, type Stroke } from '../../../editor/document'
import { PARTS, type Part } from '../../../faces/parts'
import { StudioError } from '../../../shared/errors'
import { newId } from '../../../shared/ids'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { type AssignParts, NO_PARTS } from '../assign'
import { Budget } from '../budget'
import type { SvgLeftOut } from '../leftOut'
import { withinReach } from '../reach'
import { tooManyPoints } from '../readDocument'
import { LIMITS } from '../types'
import { type Affine, compose, IDENTITY } from './affine'
import { flatten } from './curves'
import { refuseDangers } from './dangers'
import { isOwnExport, readOwnStroke, readTags, readTaken } from './own'
import { type DrawnLine, type VisibleLine, visibleLines } from './page'
import { type Item, type Scene, unreadable } from './painted'
import { buildScene } from './scene'
import { fitViewBox, rootSize, viewBoxOf } from './viewport'
import { parseXml, type XmlElement } from './xml'

export interface ImportedSvg {
  /** The drawing's title, if it has one. */
  readonly name: string | null
  readonly tags: readonly string[]
  /** How our own export says the drawing is taken. */
  readonly taken: Pick<SketchDocument, 'leftOut' | 'unplaced'>
  readonly strokes: Stroke[]
  readonly leftOut: ReadonlyMap<SvgLeftOut, number>
}

/** Space left around a drawing that says nothing about its page. */
const MARGIN_PX = 24
const COORDINATE_LIMIT_PX = 1e6

/** @throws StudioError `bad-svg` or `too-many-points` */
export function importSvg(text: string, assignParts: AssignParts = NO_PARTS, budget: Budget = new Budget()): ImportedSvg {
  const root = parseXml(text)
  if (root.name !== 'svg') throw new StudioError('bad-svg', 'This is an XML file, but not an SVG drawing. Choose an SVG, PNG or JSON file.')
  refuseDangers(root)
  const scene = buildScene(root, budget)
  const isOwn = isOwnExport(root)
  const strokes = withUniqueIds(readStrokes(root, scene, isOwn, assignParts, budget))
  if (strokes.length === 0) throw nothingDrawn(scene)
  const title = root.children.find(({ name }) => name === 'title')?.text.trim()
  return {
    name: title ? title.slice(0, LIMITS.nameLength) : null,
    tags: isOwn ? readTags(root) : [],
    taken: isOwn ? readTaken(root) : {},
    strokes,
    leftOut: scene.leftOut,
  }
}

function nothingDrawn({ leftOut }: Scene): StudioError {
  if (leftOut.has('unreadable')) return unreadable('the coordinates of what it draws')
  return new StudioError(
    'bad-svg',
    'This SVG holds no lines that can be seen. Text, pictures and empty drawings cannot be imported; try PNG.',
  )
}

/** Copied in a drawing program, a stroke of ours keeps its id. */
function withUniqueIds(strokes: readonly Stroke[]): Stroke[] {
  const ids = new Set<string>()
  return strokes.map((stroke) => {
    const id = ids.has(stroke.id) ? newId() : stroke.id
    ids.add(id)
    return { ...stroke, id }
  })
}

function readStrokes(root: XmlElement, scene: Scene, isOwn: boolean, assignParts: AssignParts, budget: Budget): Stroke[] {
  let points = 0
  const count = (): void => {
    if (++points > LIMITS.points) throw tooManyPoints()
  }
  const page = pageMap(root, scene.items)
  const own = new Map<Item, Stroke>()
  const foreign: DrawnLine[] = []
  let lines = 0
  for (const item of scene.items) {
    const map = compose(page, item.map)
    const stroke = isOwn ? readOwnStroke(item.element, map) : null
    if (stroke) own.set(item, stroke)
    else foreign.push({ item, map, lines: flattened(item, map, count) })
    lines += stroke ? 1 : item.subpaths.length
    if (lines > 4 * LIMITS.strokes) throw tooManyPoints()
  }
  const visible = visibleLines(foreign, page, scene.background, budget)
  const strokes = scene.items.flatMap((item) => {
    const stroke = own.get(item)
    return stroke ? [stroke] : (visible.get(item) ?? []).map((line) => foreignStroke(item, line))
  })
  checkNumber(strokes)
  return withParts(strokes, assignParts)
}

function checkNumber(strokes: readonly PartlessStroke[]): void {
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length / POINT_STRIDE, 0)
  if (strokes.length > LIMITS.strokes || points > LIMITS.points) throw tooManyPoints()
}

/** Lines that do not say where they belong are asked for together. */
function withParts(strokes: readonly (Stroke | PartlessStroke)[], assignParts: AssignParts): Stroke[] {
  const open = strokes.filter((stroke): stroke is PartlessStroke => stroke.part === null)
  const parts = assignParts(open.map(({ points }) => points))
  let next = 0
  return strokes.map((stroke) => ({ ...stroke, part: stroke.part ?? parts[next++] ?? 'other' }))
}

type PartlessStroke = Omit<Stroke, 'part'> & { readonly part: Part | null }

function flattened({ subpaths, element }: Item, map: Affine, onPoint: () => void): number[][] {
  const lines: number[][] = []
  for (const subpath of subpaths) {
    if (subpath.segments.length === 0) continue
    const line = flatten(subpath, map, onPoint)
    if (!line.every((value) => Math.abs(value) <= COORDINATE_LIMIT_PX)) throw unreadable(`the coordinates of “${element.name}”`)
    lines.push(line)
  }
  return lines
}

/** From the drawing's units to the page: its size and view box, else whatever the drawing covers, centred. */
function pageMap(root: XmlElement, items: readonly Item[]): Affine {
  const box = viewBoxOf(root)
  const size = rootSize(root) ?? (box && { width: box.width, height: box.height })
  if (size) return compose(fitBox(0, 0, size.width, size.height, 0), fitViewBox(root, { x: 0, y: 0, ...size }))
  const bounds = boundsOf(items)
  return fitBox(bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top, MARGIN_PX)
}

function fitBox(x: number, y: number, width: number, height: number, margin: number): Affine {
  const scale = (SKETCH_SIZE_PX - 2 * margin) / Math.max(width, height, 1e-9)
  const map: Affine = [
    scale,
    0,
    0,
    scale,
    (SKETCH_SIZE_PX - width * scale) / 2 - x * scale,
    (SKETCH_SIZE_PX - height * scale) / 2 - y * scale,
  ]
  return map.every(Number.isFinite) ? map : IDENTITY
}

function boundsOf(items: readonly Item[]): { left: number; top: number; right: number; bottom: number } {
  const box = { left: Number.MAX_VALUE, top: Number.MAX_VALUE, right: -Number.MAX_VALUE, bottom: -Number.MAX_VALUE }
  let points = 0
  const count = (): void => {
    if (++points > LIMITS.points) throw tooManyPoints()
  }
  for (const { subpaths, map } of items) {
    for (const subpath of subpaths) {
      const line = flatten(subpath, map, count)
      for (let i = 0; i + 1 < line.length; i += 2) {
        box.left = Math.min(box.left, line[i] ?? 0)
        box.right = Math.max(box.right, line[i] ?? 0)
        box.top = Math.min(box.top, line[i + 1] ?? 0)
        box.bottom = Math.max(box.bottom, line[i + 1] ?? 0)
      }
    }
  }
  return box
}

function foreignStroke(item: Item, { points: line, widthPx }: VisibleLine): PartlessStroke {
  const points: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) points.push(line[i] ?? 0, line[i + 1] ?? 0, 0.5)
  const given = item.element.attributes.get('data-part')
  return {
    id: newId(),
    part: PARTS.find((part) => part === given) ?? null,
    partIsChosen: item.element.attributes.get('data-part-chosen') === 'true',
    widthPx: Math.min(8, Math.max(1, widthPx)),
    usesPressure: false,
    points: withinReach(points),
  }
}
