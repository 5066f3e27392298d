/** What an SVG paints: shapes with their maps, paints and clips, and the sentences for files that cannot be painted. */

import { StudioError } from '../../../shared/errors'
import type { SvgLeftOut } from '../leftOut'
import { LIMITS } from '../types'
import type { Affine } from './affine'
import type { Colour } from './colours'
import type { Subpath } from './curves'
import type { FillRule } from './style'
import type { Box } from './viewport'
import type { XmlElement } from './xml'

/** A region that is shown: the union of its shapes. */
export interface Clip {
  readonly shapes: readonly { readonly subpaths: readonly Subpath[]; readonly map: Affine; readonly rule: FillRule }[]
}

/** A shape as it is painted; maps lead into the root's user units. */
export interface Item {
  readonly element: XmlElement
  readonly subpaths: readonly Subpath[]
  readonly map: Affine
  readonly fill: Colour | null
  readonly fillRule: FillRule
  readonly stroke: Colour | null
  /** In the units of `map`'s source, or of the page where the width does not scale. */
  readonly strokeWidth: number
  readonly isWidthFixed: boolean
  readonly clips: readonly Clip[]
  /** Neither fill nor line was ever asked for: a bare path. */
  readonly isBare: boolean
}

export interface Scene {
  readonly items: readonly Item[]
  readonly leftOut: ReadonlyMap<SvgLeftOut, number>
  /** The background that the root asks for. */
  readonly background: string | null
}

export function boxClip({ x, y, width, height }: Box, map: Affine): Clip {
  const segments: Subpath['segments'] = [
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ]
  return { shapes: [{ subpaths: [{ x, y, segments }], map, rule: 'nonzero' }] }
}

export const unreadable = (what: string): StudioError =>
  new StudioError(
    'bad-svg',
    `In this SVG ${what} cannot be read. Nothing was imported; open it in a drawing program and save it again as plain SVG.`,
  )

export const tooManyElements = (): StudioError =>
  new StudioError(
    'too-many-points',
    `This SVG draws more than ${LIMITS.svgElements.toLocaleString('en')} elements. Simplify it in the program that made it, then import it again.`,
  )

export const tooManySegments = (): StudioError =>
  new StudioError(
    'too-many-points',
    `This drawing has more than ${LIMITS.points.toLocaleString('en')} points, too many to draw with. Simplify it in the program that made it, then import it again.`,
  )
