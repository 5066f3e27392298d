/** Parts of a face in several manners. Each also notes where its landmarks (iBUG's 68) lie, as far as the drawing says it. */

import { at, curve, type Dot, mirrored, type Pen } from './pen'

interface EyeShape {
  readonly x: number
  readonly y?: number
  readonly w?: number
  /** How far the lids are from the middle. */
  readonly up?: number
  readonly down?: number
  readonly tilt?: number
  /** How far the pupil is aside. */
  readonly look?: number
  readonly manner?: 'lids' | 'shaded' | 'searched' | 'simple'
}

interface NoseShape {
  readonly x?: number
  readonly y?: number
  readonly w?: number
  readonly top?: number
  /** How far the root is aside of the tip. */
  readonly lean?: number
  readonly manner?: 'base' | 'side' | 'full' | 'nostrils'
}

interface MouthShape {
  readonly x?: number
  readonly y?: number
  readonly w?: number
  /** How far the corners rise. */
  readonly corner?: number
  readonly upper?: number
  readonly lower?: number
  /** How far it is open. */
  readonly gap?: number
  readonly crooked?: number
  readonly manner?: 'lips' | 'line' | 'teeth' | 'shaded'
}

const FAINT = { press: 0.3 }
const INNER_LIP = [-0.92, -0.45, 0, 0.45, 0.92]
const OUTER_LIP = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1]

export class HandFace {
  readonly landmarks: (Dot | null)[] = Array.from({ length: 68 }, () => null)

  constructor(private readonly pen: Pen) {}

  private note(first: number, points: readonly Dot[]): void {
    for (const [i, point] of points.entries()) this.landmarks[first + i] = point
  }

  eye({ x, y = 247, w = 56, up = 12, down = 8, tilt = 2, look = 0, manner = 'lids' }: EyeShape): void {
    const { pen } = this
    const isLeft = x < 256
    const s = isLeft ? 1 : -1
    const p = (u: number, v: number): Dot => [x + s * u * w, y + v]
    const [outer, inner] = [p(-0.5, -tilt), p(0.5, tilt)]
    const upper = [p(-0.18, -up), p(0.2, -up + tilt / 2)]
    const lower = [p(0.2, down), p(-0.18, down - tilt / 2)]
    if (isLeft) this.note(36, [outer, ...upper, inner, ...lower])
    else this.note(42, [inner, ...upper.toReversed(), outer, ...lower.toReversed()])
    const lid = [outer, ...upper, inner]
    if (manner === 'searched') pen.twice(lid)
    else pen.line(lid)
    const pupil: Dot = [x + look, y + (down - up) / 2]
    const r = Math.min(w * 0.19, (up + down) * 0.5)
    if (manner === 'simple') {
      pen.scribble(pupil, [r * 0.8, r * 0.8], 2)
      return
    }
    pen.line([p(0.46, tilt + 1), ...lower, p(-0.46, -tilt + 1)], FAINT)
    this.iris(pupil, r)
    if (manner === 'lids') return
    pen.line([p(-0.4, -up * 0.9 - 3), p(-0.1, -up - 8), p(0.25, -up - 6), p(0.42, -up * 0.6)], { press: 0.35 })
    if (manner !== 'shaded') return
    pen.line(lid, { press: 0.8 })
    pen.hatch([p(-0.45, -up * 0.7), p(0, -up - 6), p(0.4, -up * 0.6)], 8, [4 * s, -6], { scatter: 1.5, ...FAINT })
    pen.hatch([p((look * s - r) / w, 0), p((look * s + r) / w, 0)], 5, [1, -r], { scatter: 1 })
  }

  private iris([x, y]: Dot, r: number): void {
    const ring: Dot[] = [
      [x - r, y - r * 0.6],
      [x - r, y + r * 0.4],
      [x, y + r],
      [x + r, y + r * 0.4],
      [x + r, y - r * 0.6],
    ]
    this.pen.line(ring)
    this.pen.scribble([x, y], [r * 0.6, r * 0.6], 2.5, 0.8)
  }

  /** @param points from the outer end to the inner */
  brow(points: readonly Dot[], manner: 'line' | 'hatched' | 'heavy'): void {
    const { pen } = this
    const path = curve(points, 3)
    const isLeft = at(path, 0)[0] < at(path, 1)[0]
    const five = [0, 0.25, 0.5, 0.75, 1].map((share) => at(path, share))
    this.note(isLeft ? 17 : 22, isLeft ? five : five.toReversed())
    const lowered = (px: number) => points.map(([x, y]): Dot => [x, y + px])
    if (manner === 'line') pen.line(points)
    if (manner === 'hatched') pen.hatch(lowered(4), 15, [isLeft ? -7 : 7, -9], { scatter: 1.5 })
    if (manner !== 'heavy') return
    pen.line(points, { press: 0.9 })
    pen.line(lowered(4), { press: 0.9 })
    pen.line(lowered(-3), { press: 0.6 })
  }

  brows(points: readonly Dot[], manner: 'line' | 'hatched' | 'heavy'): void {
    this.brow(points, manner)
    this.brow(mirrored(points), manner)
  }

  nose({ x = 256, y = 342, w = 62, top = 250, lean = 0, manner = 'base' }: NoseShape): void {
    const { pen } = this
    const p = (u: number, v: number): Dot => [x + u * w, y + v]
    this.note(31, [p(-0.5, -6), p(-0.3, 0), p(0, 4), p(0.3, 0), p(0.5, -6)])
    if (manner === 'nostrils') {
      pen.line([p(-0.34, -3), p(-0.22, -8), p(-0.12, -2)])
      pen.line([p(0.12, -2), p(0.22, -8), p(0.34, -3)])
      pen.line([p(-0.14, 4), p(0, 6), p(0.14, 4)], FAINT)
      return
    }
    const wing = [p(-0.5, -16), p(-0.56, -6), p(-0.4, 1), p(-0.22, -3)]
    pen.line([...wing, p(0, 5), ...wing.map(([wx, wy]): Dot => [2 * x - wx, wy]).reverse()])
    if (manner === 'base') return
    const bridge = [0, 0.4, 0.75, 1].map((share): Dot => [x + lean * (1 - share), top + share * (y - 24 - top)])
    this.note(27, bridge)
    const s = lean < 0 ? 1 : -1
    pen.line([[x + lean + s * 9, top], [x + lean / 2 + s * 8, (top + y) / 2], p(s * 0.2, -30), p(s * 0.34, -16)], { press: 0.35 })
    if (manner === 'side') return
    pen.line(
      [
        [x + lean - s * 10, top + 6],
        [x - s * 8, (top + y) / 2],
      ],
      { press: 0.25 },
    )
    pen.scribble(p(-0.22, -4), [5, 3], 2)
    pen.scribble(p(0.22, -4), [5, 3], 2)
    pen.line([p(-0.14, -20), p(0, -24), p(0.14, -19)], { press: 0.25 })
  }

  mouth({ x = 256, y = 382, w = 100, corner = 0, upper = 11, lower = 17, gap = 0, crooked = 0, manner = 'lips' }: MouthShape): void {
    const { pen } = this
    const p = (u: number, v: number): Dot => [x + (u * w) / 2, y - corner * u * u + crooked * u + v]
    const open = (u: number) => gap * (1 - u * u)
    const between = (u: number): Dot => p(u, 0)
    const bow = (u: number): Dot => p(u, -upper * (1 - u * u) ** 0.7 * (1 - 0.25 * Math.exp(-((u / 0.15) ** 2))))
    const under = (u: number): Dot => p(u, (gap + lower) * (1 - u * u) ** 0.8)
    this.note(60, [...INNER_LIP.map(between), ...[0.45, 0, -0.45].map((u) => p(u, open(u)))])
    this.note(48, [p(-1, 0)])
    this.note(54, [p(1, 0)])
    if (manner === 'line') {
      pen.line(OUTER_LIP.map(between))
      pen.line([p(-0.22, 15), p(0, 17), p(0.25, 14)], FAINT)
      return
    }
    this.note(48, [...OUTER_LIP.map(bow), ...[0.66, 0.33, 0, -0.33, -0.66].map(under)])
    pen.line([-1, -0.75, -0.45, -0.15, 0, 0.15, 0.45, 0.75, 1].map(bow))
    pen.line([0.95, 0.6, 0.25, -0.1, -0.45, -0.75, -0.95].map(under))
    pen.line(OUTER_LIP.map(between), { press: 0.7 })
    const midLip = [-0.8, -0.4, 0, 0.4, 0.8].map((u) => p(u, -upper * 0.6 * (1 - u * u)))
    if (manner === 'shaded') pen.hatch(midLip, 14, [2, upper * 0.5], { scatter: 1 })
    if (manner !== 'teeth') return
    pen.line([-0.95, -0.6, -0.2, 0.2, 0.6, 0.95].map((u) => p(u, open(u))))
    pen.line(
      [-0.85, -0.4, 0, 0.4, 0.85].map((u) => p(u, 0.62 * open(u))),
      { press: 0.35 },
    )
    for (const u of [-0.62, -0.4, -0.2, 0, 0.2, 0.4, 0.62]) pen.line([p(u, 1), p(u, 0.6 * open(u))], { ...FAINT, shake: 0.3 })
  }

  /** @param points from the left temple over the chin to the right one */
  jaw(points: readonly Dot[], manner: 'line' | 'twice' | 'searched' | 'open'): void {
    const { pen } = this
    const path = curve(points)
    this.note(
      0,
      Array.from({ length: 17 }, (_, i) => at(path, i / 16)),
    )
    if (manner === 'line') pen.line(points)
    if (manner === 'twice') pen.twice(points, 4)
    if (manner === 'searched') pen.searched(points, 9, -0.04, 2.5)
    if (manner === 'open') pen.searched(points, 4, 0.05, 1)
  }
}
