/** A pen that draws as a hand does: curves through hand-placed points, with wobble, tapering pressure, second tries and gaps. Seeded, so that a drawing stays the same. */

export type Dot = readonly [x: number, y: number]
/** x, y in sketch pixels and pressure. */
export type PenDot = readonly [x: number, y: number, pressure: number]

const SPACING_PX = 10
/** Hair is drawn in long, smooth strokes. */
const HAIR_SPACING_PX = 18
/** Fine enough to find a place along a curve. */
const GUIDE_SPACING_PX = 4

/** Marsaglia's xorshift in 32 bits. */
function randomNumbers(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

const mix = ([ax, ay]: Dot, [bx, by]: Dot, share: number): Dot => [ax + share * (bx - ax), ay + share * (by - ay)]

/** Catmull–Rom through the points. */
export function curve(points: readonly Dot[], spacing = GUIDE_SPACING_PX): Dot[] {
  const out: Dot[] = []
  for (const [i, b] of points.entries()) {
    const c = points[i + 1]
    if (!c) break
    const [a, d] = [points[i - 1] ?? b, points[i + 2] ?? c]
    const steps = stepsOf(b, c, points.length === 2 ? 2 * spacing : spacing)
    for (let n = 0; n < steps; n++) out.push([spline(a[0], b[0], c[0], d[0], n / steps), spline(a[1], b[1], c[1], d[1], n / steps)])
  }
  const last = points.at(-1)
  return last ? [...out, last] : out
}

const stepsOf = ([bx, by]: Dot, [cx, cy]: Dot, spacing: number): number => Math.max(2, Math.ceil(Math.hypot(cx - bx, cy - by) / spacing))

const spline = (a: number, b: number, c: number, d: number, t: number): number =>
  0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)

/** The point at a share of the list. */
export function at(points: readonly Dot[], share: number): Dot {
  const place = Math.max(0, Math.min(1, share)) * (points.length - 1)
  const i = Math.min(points.length - 2, Math.floor(place))
  const [a, b] = [points[i], points[i + 1]]
  if (!a || !b) throw new RangeError('a curve has at least two points')
  return mix(a, b, place - i)
}

export const mirrored = (points: readonly Dot[]): Dot[] => points.map(([x, y]) => [512 - x, y])

export interface PenSettings {
  readonly seed: number
  /** How far the hand trembles, in sketch pixels. */
  readonly wobble: number
}

const PRESSURE = 0.55

export class Pen {
  readonly strokes: PenDot[][] = []
  private readonly random: () => number

  constructor(private readonly settings: PenSettings) {
    this.random = randomNumbers(settings.seed + 7)
    for (let i = 0; i < 9; i++) this.random()
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.random()
  }

  /** One stroke through the points; it sets in softly and lifts off. */
  line(points: readonly Dot[], { shake = this.settings.wobble, press = PRESSURE, spacing = SPACING_PX } = {}): void {
    const path = curve(points, spacing)
    const [px, py, length] = [this.between(0, 6), this.between(0, 6), this.between(9, 16)]
    const stroke = path.map(([x, y], i): PenDot => {
      const taper = Math.min(1, 0.45 + 0.3 * Math.min(i, path.length - 1 - i))
      const along = (i * spacing) / length
      return [
        x + shake * (Math.sin(px + along) + this.between(-0.3, 0.3)),
        y + shake * (Math.sin(py + along / 1.3) + this.between(-0.3, 0.3)),
        Math.max(0.1, Math.min(1, press * taper + this.between(-0.06, 0.06))),
      ]
    })
    this.strokes.push(stroke)
  }

  /** The line, and a second try beside it. */
  twice(points: readonly Dot[], apart = 3): void {
    this.line(points)
    this.line(this.astray(points, apart), { press: PRESSURE * 0.7 })
  }

  /** The line searched for in short strokes, with gaps (below 0: overlaps). */
  searched(points: readonly Dot[], pieces: number, gap = -0.05, apart = 1.5): void {
    const path = curve(points)
    for (let n = 0; n < pieces; n++) {
      const from = n / pieces + gap / 2 + this.between(-0.02, 0.02)
      const to = (n + 1) / pieces - gap / 2 + this.between(-0.02, 0.02)
      const piece = [0, 0.33, 0.67, 1].map((share) => at(path, from + share * (to - from)))
      this.line(this.astray(piece, apart))
    }
  }

  /** Loose strokes from one curve to another. */
  strands(roots: readonly Dot[], tips: readonly Dot[], count: number, { bend = 12, spread = 0.04, shortest = 0.6 } = {}): void {
    const [a, b] = [curve(roots), curve(tips)]
    for (let n = 0; n < count; n++) {
      const share = (n + this.between(0.1, 0.9)) / count
      const from = at(a, share)
      const to = mix(from, at(b, share + this.between(-spread, spread)), this.between(shortest, 1))
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
      const sway = (bend * this.between(0.5, 1.3)) / Math.max(1, Math.hypot(dx, dy))
      const bent = (along: number, part: number): Dot => [from[0] + along * dx - part * sway * dy, from[1] + along * dy + part * sway * dx]
      this.line([from, bent(0.35, 0.9), bent(0.7, 0.8), to], { press: PRESSURE * this.between(0.6, 1.1), spacing: HAIR_SPACING_PX })
    }
  }

  /** Hair that runs between two guides: each stroke begins, ends and strays as it likes. */
  flow(one: readonly Dot[], other: readonly Dot[], count: number, { stray = 4, from = 0.25, to = 0.7 } = {}): void {
    const [a, b] = [curve(one), curve(other)]
    for (let n = 0; n < count; n++) {
      const share = (n + this.between(0, 1)) / count
      const [start, end, lean] = [this.between(0, from), this.between(to, 1), this.between(-0.06, 0.06)]
      const points = [0, 0.2, 0.4, 0.6, 0.8, 1].map((along) => {
        const place = start + along * (end - start)
        return mix(at(a, place), at(b, place), share + lean * along)
      })
      const press = PRESSURE * this.between(0.5, 1.15)
      this.line(this.astray(points, stray / 2), { press, shake: this.settings.wobble * 0.6, spacing: HAIR_SPACING_PX })
    }
  }

  /** Short parallel strokes along a curve, `by` long. */
  hatch(along: readonly Dot[], count: number, [dx, dy]: Dot, { scatter = 3, press = PRESSURE * 0.8 } = {}): void {
    const path = curve(along)
    for (let n = 0; n < count; n++) {
      const [x, y] = this.near(at(path, (n + this.between(0, 1)) / count), scatter)
      const reach = this.between(0.6, 1.15)
      const end: Dot = [x + dx * reach + this.between(-2, 2), y + dy * reach + this.between(-2, 2)]
      this.line([[x, y], end], { press, shake: this.settings.wobble * 0.5 })
    }
  }

  /** Round and round: a pupil, a curl. */
  scribble([x, y]: Dot, [rx, ry]: Dot, turns: number, press = PRESSURE): void {
    const start = this.between(0, 6)
    const count = Math.ceil(turns * 9)
    const points = Array.from({ length: count }, (_, i): Dot => {
      const [angle, size] = [start + (i * 2 * Math.PI) / 9, 1 - (0.75 * i) / count]
      return [x + rx * size * Math.cos(angle), y + ry * size * Math.sin(angle)]
    })
    this.line(points, { press, shake: this.settings.wobble * 0.4 })
  }

  private near([x, y]: Dot, px: number): Dot {
    return [x + this.between(-px, px), y + this.between(-px, px)]
  }

  private astray(points: readonly Dot[], px: number): Dot[] {
    return points.map((point) => this.near(point, px))
  }
}
