/**
 * An SVG drawing → strokes on the page. Shapes and paths become lines with the width they have, fitted to the page by the view box. What could
 * run or load something (scripts, event handlers, foreign objects, references to other files) makes the file refused, with the reason.
 */

import { POINT_STRIDE, type Stroke } from '../../editor/document'
import { PARTS, type Part } from '../../faces/parts'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { type Affine, compose, IDENTITY, parseTransform, scaleOf } from './affine'
import { flatten, type Subpath } from './curves'
import { tooManyPoints } from './readDocument'
import { refuseDangers } from './svgDangers'
import { isOwnExport, readOwnStroke, readTags } from './svgOwn'
import { parseLength, SHAPES, shapeOf } from './svgShapes'
import { LIMITS } from './types'
import { parseXml, type XmlElement } from './xml'

/** A shape with what it inherited. */
interface Shape {
  readonly element: XmlElement
  readonly subpaths: readonly Subpath[]
  readonly map: Affine
  readonly style: Style
}

interface Style {
  readonly stroke: string | null
  readonly widthPx: number | null
}

export interface ImportedSvg {
  /** The drawing's title, if it has one. */
  readonly name: string | null
  readonly tags: readonly string[]
  readonly strokes: Stroke[]
}

const CONTAINERS: ReadonlySet<string> = new Set(['svg', 'g', 'a', 'switch'])
/** Space left around a drawing that says nothing about its page. */
const MARGIN_PX = 24
const COORDINATE_LIMIT_PX = 1e6

/** @throws StudioError `bad-svg` or `too-many-points` */
export function importSvg(text: string, assignPart: (points: readonly number[]) => Part = () => 'other'): ImportedSvg {
  const root = parseXml(text)
  if (root.name !== 'svg') throw new StudioError('bad-svg', 'This is an XML file, but not an SVG drawing. Choose an SVG, PNG or JSON file.')
  refuseDangers(root)
  const shapes: Shape[] = []
  let segments = 0
  collectShapes(root, IDENTITY, { stroke: null, widthPx: null }, shapes, () => {
    if (++segments > LIMITS.points) throw tooManyPoints()
  })
  const page = pageMap(root, shapes)
  const isOwn = isOwnExport(root)
  const strokes = withUniqueIds(shapes.flatMap((shape) => toStrokes(shape, page, isOwn, assignPart)))
  if (strokes.length === 0)
    throw new StudioError(
      'bad-svg',
      'This SVG holds no lines that can be drawn. Text, pictures and empty drawings cannot be imported; try PNG.',
    )
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length / POINT_STRIDE, 0)
  if (strokes.length > LIMITS.strokes || points > LIMITS.points) throw tooManyPoints()
  const title = root.children.find(({ name }) => name === 'title')?.text.trim()
  return { name: title ? title.slice(0, LIMITS.nameLength) : null, tags: isOwn ? readTags(root) : [], strokes }
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

function collectShapes(element: XmlElement, outer: Affine, inherited: Style, shapes: Shape[], onSegment: () => void): void {
  const { name, attributes, children } = element
  const styles = parseStyle(attributes)
  if (styles.get('display') === 'none' || styles.get('visibility') === 'hidden' || attributes.has('data-paper')) return
  const own = attributes.has('transform') ? parseTransform(attributes.get('transform') ?? '') : IDENTITY
  if (!own) throw unreadable(`the transform of “${name}”`)
  const map = compose(outer, own)
  const style = { stroke: styles.get('stroke') ?? inherited.stroke, widthPx: parseLength(styles.get('stroke-width')) ?? inherited.widthPx }
  if (CONTAINERS.has(name)) for (const child of children) collectShapes(child, map, style, shapes, onSegment)
  if (!SHAPES.has(name)) return
  const subpaths = shapeOf(element, onSegment)
  if (!subpaths) throw unreadable(`the coordinates of “${name}”`)
  shapes.push({ element, subpaths, map, style })
}

const unreadable = (what: string): StudioError =>
  new StudioError(
    'bad-svg',
    `In this SVG ${what} cannot be read. Nothing was imported; open it in a drawing program and save it again as plain SVG.`,
  )

/** Presentation attributes, overridden by the `style` attribute as CSS has it. */
function parseStyle(attributes: ReadonlyMap<string, string>): Map<string, string> {
  const keys = ['display', 'visibility', 'stroke', 'stroke-width']
  const style = new Map(keys.flatMap((key) => (attributes.has(key) ? [[key, attributes.get(key) ?? '']] : [])) as [string, string][])
  for (const declaration of (attributes.get('style') ?? '').split(';')) {
    const colon = declaration.indexOf(':')
    if (colon > 0)
      style.set(
        declaration.slice(0, colon).trim(),
        declaration
          .slice(colon + 1)
          .replace('!important', '')
          .trim(),
      )
  }
  return style
}

/** From the drawing's units to the page: the view box, else width and height, else whatever the drawing covers, centred. */
function pageMap(root: XmlElement, shapes: readonly Shape[]): Affine {
  const viewBox = (root.attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/u)
    .map(Number)
  const [x = 0, y = 0, width = 0, height = 0] = viewBox
  if (viewBox.length === 4 && viewBox.every(Number.isFinite) && width > 0 && height > 0) return fitBox(x, y, width, height, 0)
  const size = [parseLength(root.attributes.get('width')), parseLength(root.attributes.get('height'))]
  if (size[0] && size[1] && size[0] > 0 && size[1] > 0) return fitBox(0, 0, size[0], size[1], 0)
  const box = boundsOf(shapes)
  return fitBox(box.left, box.top, box.right - box.left, box.bottom - box.top, MARGIN_PX)
}

function fitBox(x: number, y: number, width: number, height: number, margin: number): Affine {
  const scale = (SKETCH_SIZE_PX - 2 * margin) / Math.max(width, height, 1e-9)
  return [scale, 0, 0, scale, (SKETCH_SIZE_PX - width * scale) / 2 - x * scale, (SKETCH_SIZE_PX - height * scale) / 2 - y * scale]
}

function boundsOf(shapes: readonly Shape[]): { left: number; top: number; right: number; bottom: number } {
  const box = { left: Number.MAX_VALUE, top: Number.MAX_VALUE, right: -Number.MAX_VALUE, bottom: -Number.MAX_VALUE }
  for (const { subpaths, map } of shapes) {
    for (const subpath of subpaths) {
      const points = flatten(subpath, map)
      for (let i = 0; i + 1 < points.length; i += 2) {
        box.left = Math.min(box.left, points[i] ?? 0)
        box.right = Math.max(box.right, points[i] ?? 0)
        box.top = Math.min(box.top, points[i + 1] ?? 0)
        box.bottom = Math.max(box.bottom, points[i + 1] ?? 0)
      }
    }
  }
  return box
}

function toStrokes(shape: Shape, page: Affine, isOwn: boolean, assignPart: (points: readonly number[]) => Part): Stroke[] {
  const map = compose(page, shape.map)
  const strokes: Stroke[] = []
  for (const subpath of shape.subpaths) {
    if (subpath.segments.length === 0) continue
    const line = flatten(subpath, map)
    if (!line.every((value) => Math.abs(value) <= COORDINATE_LIMIT_PX)) throw unreadable(`the coordinates of “${shape.element.name}”`)
    if (isPaper(shape, line)) continue
    strokes.push((isOwn && readOwnStroke(shape.element, map)) || foreignStroke(shape, line, map, assignPart))
  }
  return strokes
}

/** A filled shape without a line that covers the whole page is its background. */
function isPaper({ element, style }: Shape, line: readonly number[]): boolean {
  if (element.name !== 'rect' || (style.stroke !== null && style.stroke !== 'none')) return false
  const slack = SKETCH_SIZE_PX * 0.02
  const xs = line.filter((_, i) => i % 2 === 0)
  const ys = line.filter((_, i) => i % 2 === 1)
  const covers = (values: readonly number[]): boolean => Math.min(...values) <= slack && Math.max(...values) >= SKETCH_SIZE_PX - slack
  return covers(xs) && covers(ys)
}

function foreignStroke(
  { style, element }: Shape,
  line: readonly number[],
  map: Affine,
  assignPart: (points: readonly number[]) => Part,
): Stroke {
  const points: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) points.push(line[i] ?? 0, line[i + 1] ?? 0, 0.5)
  const isDrawn = style.stroke !== null && style.stroke !== 'none'
  const widthPx = isDrawn ? Math.min(8, Math.max(1, (style.widthPx ?? 1) * scaleOf(map))) : 2
  const given = element.attributes.get('data-part')
  const part = (PARTS as readonly (string | undefined)[]).includes(given) ? (given as Part) : assignPart(points)
  return { id: newId(), part, partIsChosen: element.attributes.get('data-part-chosen') === 'true', widthPx, usesPressure: false, points }
}
