/** Affine maps of the plane, as SVG writes them: `[a, b, c, d, e, f]` takes (x, y) to (a·x + c·y + e, b·x + d·y + f). */

import { Scanner } from './scan'

export type Affine = readonly [number, number, number, number, number, number]

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

export const translation = (x: number, y: number): Affine => [1, 0, 0, 1, x, y]

/** Maps flat x, y pairs. */
export function mapPoints([a, b, c, d, e, f]: Affine, points: readonly number[]): number[] {
  const mapped: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    mapped.push(a * x + c * y + e, b * x + d * y + f)
  }
  return mapped
}

/** By how much lengths grow on average. */
export const scaleOf = ([a, b, c, d]: Affine): number => Math.sqrt(Math.abs(a * d - b * c))

const RADIANS: Readonly<Record<string, number>> = { '': Math.PI / 180, deg: Math.PI / 180, rad: 1, grad: Math.PI / 200, turn: 2 * Math.PI }
const PIXELS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }

interface Argument {
  readonly value: number
  readonly unit: string
}

function rotation(angle: number, x: number, y: number): Affine {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return compose(translation(x, y), compose([cos, sin, -sin, cos, 0, 0], translation(-x, -y)))
}

/** @returns `null` for a function that is unknown or lacks a number */
function transformOf(name: string, values: readonly Argument[]): Affine | null {
  const angle = (i: number): number => (values[i]?.value ?? 0) * (RADIANS[values[i]?.unit ?? ''] ?? Number.NaN)
  const length = (i: number): number => (values[i]?.value ?? 0) * (PIXELS[values[i]?.unit ?? ''] ?? Number.NaN)
  const factor = (i: number): number => (values[i]?.value ?? 0) / (values[i]?.unit === '%' ? 100 : 1)
  if (values.length === 0) return null
  switch (name) {
    case 'matrix':
      return values.length === 6 ? [factor(0), factor(1), factor(2), factor(3), length(4), length(5)] : null
    case 'translate':
    case 'translate3d':
      return translation(length(0), length(1))
    case 'translatex':
      return translation(length(0), 0)
    case 'translatey':
      return translation(0, length(0))
    case 'scale':
    case 'scale3d':
      return [factor(0), 0, 0, values.length > 1 ? factor(1) : factor(0), 0, 0]
    case 'scalex':
      return [factor(0), 0, 0, 1, 0, 0]
    case 'scaley':
      return [1, 0, 0, factor(0), 0, 0]
    case 'rotate':
    case 'rotatez':
      return rotation(angle(0), length(1), length(2))
    case 'skew':
      return [1, Math.tan(angle(1)), Math.tan(angle(0)), 1, 0, 0]
    case 'skewx':
      return [1, 0, Math.tan(angle(0)), 1, 0, 0]
    case 'skewy':
      return [1, Math.tan(angle(0)), 0, 1, 0, 0]
    default:
      return null
  }
}

/** The `transform` attribute of SVG or property of CSS, or `null` when it cannot be read. */
export function parseTransform(text: string): Affine | null {
  const scanner = new Scanner(text)
  scanner.skip(true)
  if (text.trim() === 'none') return IDENTITY
  let total: Affine = IDENTITY
  while (!scanner.atEnd) {
    const name = scanner.word()?.toLowerCase()
    scanner.skip()
    const values = name && scanner.accept('(') ? readArguments(scanner) : null
    const next = name && values ? transformOf(name, values) : null
    if (!next) return null
    total = compose(total, next)
    scanner.skip(true)
  }
  return total.every(Number.isFinite) ? total : null
}

function readArguments(scanner: Scanner): Argument[] | null {
  const values: Argument[] = []
  for (scanner.skip(true); !scanner.accept(')'); scanner.skip(true)) {
    const value = scanner.number()
    // More than any function takes: a text that is no transform.
    if (value === null || values.length === 6) return null
    values.push({ value, unit: scanner.accept('%') ? '%' : (scanner.word() ?? '').toLowerCase() })
  }
  return values
}
