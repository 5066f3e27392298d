/**
 * The path data of SVG (SVG 1.1, section 8.3) → subpaths of lines and cubic curves in absolute coordinates. All commands, absolute and
 * relative, with the shorthands that minifiers use.
 */

import { arcToCubics, raiseQuadratic, type Segment, type Subpath } from './curves'
import { Scanner } from './scan'

const FLAG = /[01]/y
const COMMAND = /[MmLlHhVvCcSsQqTtAaZz]/y

/** How many numbers each command takes; for arcs, the fourth and fifth are flags of one character. */
const ARITY: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 }

/** Where the pen is while a path is read. */
interface Pen {
  x: number
  y: number
  /** Last control point and its kind of curve, for the smooth commands. */
  control: { kind: 'C' | 'Q'; x: number; y: number } | null
  /** After `Z`, a drawing command starts a new subpath where the old one began. */
  isClosed: boolean
}

/** @returns the subpaths; after an error those before it, as a browser draws them; `null` when nothing can be read */
export function parsePath(data: string, onSegment: () => void = () => undefined): Subpath[] | null {
  const subpaths: Subpath[] = []
  const pen: Pen = { x: 0, y: 0, control: null, isClosed: false }
  const scanner = new Scanner(data)
  let command = ''
  for (scanner.skip(true); !scanner.atEnd; scanner.skip(true)) {
    const next = scanner.take(COMMAND)
    if (next !== null) command = next
    else if (command === 'M') command = 'L'
    else if (command === 'm') command = 'l'
    const name = command.toUpperCase()
    const isMisplaced = command === '' || (next === null && name === 'Z') || (subpaths.length === 0 && name !== 'M')
    const values = isMisplaced ? null : readValues(scanner, name)
    if (!values) return subpaths.some(({ segments }) => segments.length > 0) ? subpaths : null
    draw(subpaths, pen, name, command === name ? values : toAbsolute(name, values, pen))
    onSegment()
  }
  return subpaths
}

function readValues(scanner: Scanner, name: string): number[] | null {
  const values: number[] = []
  for (let i = 0; i < (ARITY[name] ?? 0); i++) {
    scanner.skip(true)
    const isFlag = name === 'A' && (i === 3 || i === 4)
    const flag = isFlag ? scanner.take(FLAG) : null
    const value = isFlag ? (flag === null ? null : Number(flag)) : scanner.number()
    if (value === null || !Number.isFinite(value)) return null
    values.push(value)
  }
  return values
}

/** Relative coordinates made absolute; radii, rotation and flags of an arc are not coordinates. */
function toAbsolute(name: string, values: readonly number[], { x, y }: Pen): number[] {
  if (name === 'H') return values.map((value) => value + x)
  if (name === 'V') return values.map((value) => value + y)
  if (name === 'A') return [...values.slice(0, 5), (values[5] ?? 0) + x, (values[6] ?? 0) + y]
  return values.map((value, i) => value + (i % 2 === 0 ? x : y))
}

function draw(subpaths: Subpath[], pen: Pen, name: string, values: readonly number[]): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = values
  if (name === 'M' || pen.isClosed) {
    if (name === 'M') Object.assign(pen, { x: a, y: b })
    subpaths.push({ x: pen.x, y: pen.y, segments: [] })
    Object.assign(pen, { control: null, isClosed: false })
  }
  const current = subpaths.at(-1)
  if (!current || name === 'M') return
  const { x, y, control } = pen
  const mirrored = (kind: 'C' | 'Q'): [number, number] => (control?.kind === kind ? [2 * x - control.x, 2 * y - control.y] : [x, y])
  const add = (segment: Segment, next: Pen['control'] = null): void => {
    current.segments.push(segment)
    Object.assign(pen, { x: segment.at(-2), y: segment.at(-1), control: next })
  }
  const addQuadratic = (cx: number, cy: number, endX: number, endY: number): void =>
    add(raiseQuadratic(x, y, cx, cy, endX, endY), { kind: 'Q', x: cx, y: cy })
  if (name === 'L') add([a, b])
  else if (name === 'H') add([a, y])
  else if (name === 'V') add([x, a])
  else if (name === 'C') add([a, b, c, d, e, f], { kind: 'C', x: c, y: d })
  else if (name === 'S') add([...mirrored('C'), a, b, c, d], { kind: 'C', x: a, y: b })
  else if (name === 'Q') addQuadratic(a, b, c, d)
  else if (name === 'T') addQuadratic(...mirrored('Q'), a, b)
  else if (name === 'A') {
    for (const segment of arcToCubics(x, y, { rx: a, ry: b, rotation: c, isLarge: d === 1, isSweep: e === 1, x: f, y: g })) add(segment)
  } else {
    add([current.x, current.y])
    pen.isClosed = true
  }
}
