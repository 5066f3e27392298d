/** Lengths of SVG and CSS → user units: absolute units, percentages of the viewport, and those that go by the size of the type. */

import { Scanner } from './scan'

/** What relative lengths go by. */
export interface Viewport {
  readonly width: number
  readonly height: number
  readonly fontSize: number
}

/** Whether a percentage is one of the width, the height, or the diagonal (SVG 1.1, section 7.10). */
export type Axis = 'x' | 'y' | 'diagonal'

/** CSS pixels to a unit. */
const UNITS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, q: 96 / 101.6, in: 96 }
const ROOT_FONT_PX = 16

/** A length in user units; `null` when it cannot be read. */
export function parseLength(text: string | undefined, viewport?: Viewport, axis: Axis = 'diagonal'): number | null {
  const scanner = new Scanner(text ?? '')
  scanner.skip()
  const value = scanner.number()
  if (value === null) return null
  const unit = (scanner.accept('%') ? '%' : (scanner.word() ?? '')).toLowerCase()
  scanner.skip()
  const factor = scanner.atEnd ? unitSize(unit, viewport, axis) : null
  const length = factor === null ? Number.NaN : value * factor
  return Number.isFinite(length) ? length : null
}

function unitSize(unit: string, viewport: Viewport | undefined, axis: Axis): number | null {
  const absolute = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
  if (absolute !== undefined) return absolute
  if (!viewport) return null
  const { width, height, fontSize } = viewport
  switch (unit) {
    case '%':
      return (axis === 'x' ? width : axis === 'y' ? height : Math.sqrt((width * width + height * height) / 2)) / 100
    case 'em':
      return fontSize
    case 'ex':
    case 'ch':
      return fontSize / 2
    case 'rem':
      return ROOT_FONT_PX
    case 'vw':
      return width / 100
    case 'vh':
      return height / 100
    default:
      return null
  }
}
