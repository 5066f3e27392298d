/** Affine maps of the plane, as SVG writes them: `[a, b, c, d, e, f]` takes (x, y) to (a·x + c·y + e, b·x + d·y + f). */

export type Affine = readonly [number, number, number, number, number, number]

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0]

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

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

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi
const radians = (degrees: number): number => (degrees * Math.PI) / 180

function rotation(degrees: number, x: number, y: number): Affine {
  const cos = Math.cos(radians(degrees))
  const sin = Math.sin(radians(degrees))
  return compose([1, 0, 0, 1, x, y], compose([cos, sin, -sin, cos, 0, 0], [1, 0, 0, 1, -x, -y]))
}

function transformOf(name: string, values: readonly number[]): Affine | null {
  const [a = 0, b, c, d, e, f] = values
  switch (name) {
    case 'matrix':
      return f === undefined ? null : [a, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f]
    case 'translate':
      return [1, 0, 0, 1, a, b ?? 0]
    case 'scale':
      return [a, 0, 0, b ?? a, 0, 0]
    case 'rotate':
      return rotation(a, b ?? 0, c ?? 0)
    case 'skewX':
      return [1, 0, Math.tan(radians(a)), 1, 0, 0]
    case 'skewY':
      return [1, Math.tan(radians(a)), 0, 1, 0, 0]
    default:
      return null
  }
}

/** The `transform` attribute of SVG, or `null` when it cannot be read. */
export function parseTransform(text: string): Affine | null {
  let total: Affine = IDENTITY
  const rest = text.replace(/(\w+)\s*\(([^()]*)\)[\s,]*/gu, (_whole, name: string, list: string) => {
    const next = transformOf(name, (list.match(NUMBER) ?? []).map(Number))
    if (!next) return '!'
    total = compose(total, next)
    return ''
  })
  return rest.trim() === '' && total.every(Number.isFinite) ? total : null
}
