/** The basic shapes of SVG → subpaths in their own units. */

import { ellipseCubics, type Subpath } from './curves'
import { parsePath } from './svgPath'
import type { XmlElement } from './xml'

export const SHAPES: ReadonlySet<string> = new Set(['path', 'line', 'polyline', 'polygon', 'rect', 'circle', 'ellipse'])

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi
/** CSS pixels to a unit. */
const UNITS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }

/** A length in user units; `null` when it is relative (%, em) or cannot be read. */
export function parseLength(text: string | undefined): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/iu.exec(text ?? '')
  const unit = match && UNITS[(match[2] ?? '').toLowerCase()]
  const value = unit ? Number(match[1]) * unit : Number.NaN
  return Number.isFinite(value) ? value : null
}

/**
 * @param onSegment called for each segment of a path or line, so that the caller can stop a drawing without end by throwing
 * @returns the subpaths, empty for a shape without extent, or `null` when its numbers cannot be read
 */
export function shapeOf({ name, attributes }: XmlElement, onSegment: () => void): Subpath[] | null {
  const given = (key: string): boolean => attributes.has(key)
  const number = (key: string): number => (given(key) ? (parseLength(attributes.get(key)) ?? Number.NaN) : 0)
  switch (name) {
    case 'path':
      return parsePath(attributes.get('d') ?? '', onSegment)
    case 'line':
      return finite([number('x1'), number('y1'), number('x2'), number('y2')], (values) => [polyline(values, false)])
    case 'polyline':
    case 'polygon':
      return parsePoints(attributes.get('points') ?? '', name === 'polygon', onSegment)
    case 'circle':
      return finite([number('cx'), number('cy'), number('r'), number('r')], ellipse)
    case 'ellipse':
      return finite([number('cx'), number('cy'), number('rx'), number('ry')], ellipse)
    case 'rect': {
      const radius = number(given('rx') ? 'rx' : 'ry')
      return finite([number('x'), number('y'), number('width'), number('height'), radius, given('ry') ? number('ry') : radius], rectangle)
    }
    default:
      return []
  }
}

function finite(values: readonly number[], make: (values: readonly number[]) => Subpath[]): Subpath[] | null {
  return values.every(Number.isFinite) ? make(values) : null
}

function polyline(points: readonly number[], isClosed: boolean): Subpath {
  const [x = 0, y = 0] = points
  const segments: Subpath['segments'] = []
  for (let i = 2; i + 1 < points.length; i += 2) segments.push([points[i] ?? 0, points[i + 1] ?? 0])
  if (isClosed) segments.push([x, y])
  return { x, y, segments }
}

function parsePoints(text: string, isClosed: boolean, onSegment: () => void): Subpath[] | null {
  if (text.replace(NUMBER, '').replace(/[\s,]/gu, '') !== '') return null
  const points: number[] = []
  for (const [match] of text.matchAll(NUMBER)) {
    points.push(Number(match))
    onSegment()
  }
  return finite(points, () => (points.length < 4 ? [] : [polyline(points, isClosed)]))
}

function ellipse([cx = 0, cy = 0, rx = 0, ry = 0]: readonly number[]): Subpath[] {
  if (rx <= 0 || ry <= 0) return []
  return [{ x: cx + rx, y: cy, segments: ellipseCubics([rx, 0, 0, ry, cx, cy], 0, 2 * Math.PI) }]
}

function rectangle([x = 0, y = 0, width = 0, height = 0, rx = 0, ry = 0]: readonly number[]): Subpath[] {
  if (width <= 0 || height <= 0) return []
  const [right, bottom] = [x + width, y + height]
  const [w, h] = [Math.min(Math.abs(rx), width / 2), Math.min(Math.abs(ry), height / 2)]
  if (w === 0 || h === 0) return [polyline([x, y, right, y, right, bottom, x, bottom], true)]
  const corner = (cx: number, cy: number, quarter: number) => ellipseCubics([w, 0, 0, h, cx, cy], (quarter * Math.PI) / 2, Math.PI / 2)
  const segments: Subpath['segments'] = [
    [right - w, y],
    ...corner(right - w, y + h, 3),
    [right, bottom - h],
    ...corner(right - w, bottom - h, 0),
    [x + w, bottom],
    ...corner(x + w, bottom - h, 1),
    [x, y + h],
    ...corner(x + w, y + h, 2),
  ]
  return [{ x: x + w, y, segments }]
}
