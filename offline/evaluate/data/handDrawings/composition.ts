/** What a drawing is composed of. */

import type { HandFace } from './features'
import { type Dot, mirrored, type Pen } from './pen'

export interface Composition {
  readonly name: string
  readonly widthPx: number
  /** How far the hand trembles, in sketch pixels. */
  readonly wobble: number
  /** Where it lies on the page, when not over the mean face. */
  readonly place?: { readonly scale: number; readonly turn: number; readonly dx: number; readonly dy: number }
  draw(pen: Pen, face: HandFace): void
}

/** Points as SVG writes them: `x,y x,y`. */
export const dots = (text: string): Dot[] =>
  text.split(' ').map((pair) => {
    const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number)
    return [x, y]
  })

/** Left half of a jaw, temple to chin, and its mirror image. */
export const jawOf = (half: readonly Dot[]): Dot[] => [...half, ...mirrored(half).reverse().slice(1)]
