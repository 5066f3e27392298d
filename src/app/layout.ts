/**
 * Where page, face and controls go in a window: pure arithmetic, window size in, arrangement and the sides of the two squares out.
 * Side by side on wide windows, the controls below the squares or in a column, whichever leaves larger squares; stacked on upright ones,
 * the face above the page and everything for the thumb below; in windows too small for two squares everything below each other.
 */

export type Arrangement =
  /** Page and face side by side, controls in a strip below. */
  | 'strip'
  /** Page and face side by side, controls in a column at the right. */
  | 'column'
  /** Face above page, controls beside the face. */
  | 'stacked'
  /** Face above page on a phone: controls in sheets. */
  | 'phone'
  /** A phone on its side: page and face side by side, controls in sheets. */
  | 'phoneWide'
  /** A window too small for both (browser zoom for large text): page, face and buttons below each other, to be scrolled. */
  | 'scroll'

/** Controls in sheets, a row of tools for the thumb. */
export function isForThumbs(arrangement: Arrangement): boolean {
  return arrangement === 'phone' || arrangement === 'phoneWide' || arrangement === 'scroll'
}

export interface Layout {
  readonly arrangement: Arrangement
  readonly pagePx: number
  readonly facePx: number
  /** Too narrow for all options of a tool in one bar. */
  readonly isNarrow: boolean
}

/** Fixed measures in CSS pixels; the style sheets use the same. */
export const MEASURES = {
  topBar: 48,
  rail: 56,
  bottomRail: 56,
  options: 48,
  gap: 16,
  phoneGap: 8,
  strip: 184,
  column: 320,
  faceBar: 44,
  phoneActions: 48,
  finger: 40,
} as const

/** Buttons about the face on a phone. */
const PHONE_ACTIONS = 7
const SCROLL_MARGIN_PX = 24
const LEAST_SIDE_PX = 120
/** Smaller squares than this are of no use: then the window scrolls. */
const USEFUL_SIDE_PX = 160
const WIDE_OPTIONS_PX = 1400

export function chooseLayout(width: number, height: number): Layout {
  return { ...arrange(width, height), isNarrow: width < WIDE_OPTIONS_PX }
}

type Arranged = Omit<Layout, 'isNarrow'>

function arrange(width: number, height: number): Arranged {
  if (height < 520 && width > height) return usefully(phoneWide(width, height), width, height)
  if (width <= 720) return usefully(phone(width, height), width, height)
  if (width < height * 0.95) return stacked(width, height)
  const { topBar, rail, options, gap, strip, column, faceBar } = MEASURES
  const work = { width: width - rail, height: height - topBar - options }
  const stripSide = Math.min((work.width - 3 * gap) / 2, work.height - strip - 2 * gap)
  const columnSide = Math.min((work.width - column - 3 * gap) / 2, work.height - faceBar - 2 * gap)
  return columnSide > stripSide ? squares('column', columnSide, columnSide) : squares('strip', stripSide, stripSide)
}

function usefully(arranged: Arranged, width: number, height: number): Arranged {
  if (Math.min(arranged.pagePx, arranged.facePx) >= USEFUL_SIDE_PX) return arranged
  // Room at both sides for a finger that scrolls: the page itself takes every touch.
  const side = Math.max(USEFUL_SIDE_PX, Math.min(width - 2 * SCROLL_MARGIN_PX, height - MEASURES.bottomRail - 2 * MEASURES.phoneGap))
  return squares('scroll', side, side)
}

/** The page is the larger one: there a finger has to be precise. */
function phone(width: number, height: number): Arranged {
  const { topBar, bottomRail, phoneGap, phoneActions } = MEASURES
  const free = height - topBar - bottomRail - 3 * phoneGap
  const widest = width - 2 * phoneGap
  const face = Math.min(Math.max(free * 0.42, free - widest), widest - phoneActions - phoneGap)
  return squares('phone', Math.min(widest, free - face), face)
}

function phoneWide(width: number, height: number): Arranged {
  const { topBar, rail, phoneGap, phoneActions, finger } = MEASURES
  const rows = Math.max(1, Math.floor((height - topBar) / finger))
  const columns = Math.ceil(PHONE_ACTIONS / rows)
  const side = Math.min((width - rail - columns * phoneActions - 4 * phoneGap) / 2, height - topBar - 2 * phoneGap)
  return squares('phoneWide', side, side)
}

function stacked(width: number, height: number): Arranged {
  const { topBar, bottomRail, options, gap } = MEASURES
  const free = height - topBar - bottomRail - options - 3 * gap
  const page = Math.min(width - 2 * gap, free * 0.58)
  return squares('stacked', page, Math.min(free - page, width * 0.6))
}

function squares(arrangement: Arrangement, page: number, face: number): Arranged {
  return { arrangement, pagePx: Math.max(LEAST_SIDE_PX, Math.floor(page)), facePx: Math.max(LEAST_SIDE_PX, Math.floor(face)) }
}
