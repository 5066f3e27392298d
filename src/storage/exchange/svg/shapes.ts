/** The basic shapes of SVG → subpaths in their own units. */

import { ellipseCubics, type Subpath } from './curves'
import type { Axis } from './lengths'
import { parsePath } from './path'
import { readNumbers } from './scan'

export const SHAPES: ReadonlySet<string> = new Set(['path', 'line', 'polyline', 'polygon', 'rect', 'circle', 'ellipse'])

/** What a shape says of itself, from attributes or style sheets. */
export interface Geometry {
  readonly name: string
  /** Text as given, or nothing. */
  readonly text: (key: string) => string | undefined
  /** A length in user units; `null` when it is given and cannot be read. */
  readonly length: (key: string, axis: Axis) => number | null
}

/**
 * @param onSegment called for each segment of a path or line, so that the caller can stop a drawing without end by throwing
 * @returns the subpaths, empty for a shape without extent, or `null` when its numbers cannot be read
 */
export function shapeOf({ name, text, length }: Geometry, onSegment: () => void): Subpath[] | null {
  const given = (key: string): boolean => text(key) !== undefined && text(key) !== 'auto'
  const number = (key: string, axis: Axis): number => (given(key) ? (length(key, axis) ?? Number.NaN) : 0)
  switch (name) {
    case 'path':
      return parsePath(text('d') ?? '', onSegment)
    case 'line':
      return finite([number('x1', 'x'), number('y1', 'y'), number('x2', 'x'), number('y2', 'y')], (values) => [polyline(values, false)])
    case 'polyline':
    case 'polygon':
      return parsePoints(text('points') ?? '', name === 'polygon', onSegment)
    case 'circle': {
      const r = number('r', 'diagonal')
      return finite([number('cx', 'x'), number('cy', 'y'), r, r], ellipse)
    }
    case 'ellipse': {
      const [rx, ry] = [number('rx', 'x'), number('ry', 'y')]
      return finite([number('cx', 'x'), number('cy', 'y'), given('rx') ? rx : ry, given('ry') ? ry : rx], ellipse)
    }
    case 'rect': {
      const radius = given('rx') ? number('rx', 'x') : number('ry', 'y')
      const place = [number('x', 'x'), number('y', 'y'), number('width', 'x'), number('height', 'y')]
      return finite([...place, radius, given('ry') ? number('ry', 'y') : radius], rectangle)
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
  const points = readNumbers(text, onSegment)
  return points && (points.length < 4 ? [] : [polyline(points, isClosed)])
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
