/** Viewports: the page of a drawing and the frames inside of it, with the map from a view box into them (SVG 1.1, section 7.8). */

import { type Affine, compose, translation } from './affine'
import { parseLength, type Viewport } from './lengths'
import { readNumbers } from './scan'
import type { XmlElement } from './xml'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function viewBoxOf(element: XmlElement): Box | null {
  const [x = 0, y = 0, width = 0, height = 0, ...rest] = readNumbers(element.attributes.get('viewBox') ?? '') ?? []
  return width > 0 && height > 0 && rest.length === 0 ? { x, y, width, height } : null
}

/** From the view box's units into a frame, by `preserveAspectRatio`. */
export function fitViewBox(element: XmlElement, frame: Box): Affine {
  const box = viewBoxOf(element)
  if (!box) return translation(frame.x, frame.y)
  const words = (element.attributes.get('preserveAspectRatio') ?? '')
    .trim()
    .split(/\s/u)
    .filter((word) => word !== 'defer' && word !== '')
  const [align = 'xMidYMid', kind = 'meet'] = words
  const ratio = [frame.width / box.width, frame.height / box.height] as const
  const uniform = kind === 'slice' ? Math.max(...ratio) : Math.min(...ratio)
  const [sx, sy] = align === 'none' ? ratio : [uniform, uniform]
  const share = (name: string): number => (name === 'Min' ? 0 : name === 'Max' ? 1 : 0.5)
  const left = frame.x + share(align.slice(1, 4)) * (frame.width - sx * box.width)
  const top = frame.y + share(align.slice(5, 8)) * (frame.height - sy * box.height)
  return compose(translation(left, top), [sx, 0, 0, sy, -sx * box.x, -sy * box.y])
}

/** The frame of an inner `svg`, or of a `symbol` that is used. */
export function frameOf(element: XmlElement, outer: Viewport, given: (key: string) => string | undefined): Box {
  const length = (key: string, axis: 'x' | 'y', otherwise: number): number => parseLength(given(key), outer, axis) ?? otherwise
  const isSymbol = element.name === 'symbol'
  return {
    x: isSymbol ? 0 : length('x', 'x', 0),
    y: isSymbol ? 0 : length('y', 'y', 0),
    width: length('width', 'x', outer.width),
    height: length('height', 'y', outer.height),
  }
}

/** The size of the whole drawing in CSS pixels: what the root says, or `null` when it says nothing that counts. */
export function rootSize(root: XmlElement): { readonly width: number; readonly height: number } | null {
  const [width, height] = [parseLength(root.attributes.get('width')), parseLength(root.attributes.get('height'))]
  return width && height && width > 0 && height > 0 ? { width, height } : null
}
