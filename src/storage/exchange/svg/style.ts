/** What of an element's style a drawing needs: inherited paints and widths, and what hides it. */

import type { Declared } from './cascade'
import { type Colour, parseColour } from './colours'
import { parseLength, type Viewport } from './lengths'
import type { XmlElement } from './xml'

/** What children inherit. */
export interface Inherited {
  readonly color: Colour
  readonly fill: Colour | null
  readonly stroke: Colour | null
  readonly fillOpacity: number
  readonly strokeOpacity: number
  /** In user units. */
  readonly strokeWidth: number
  readonly fillRule: FillRule
  readonly clipRule: FillRule
  readonly isVisible: boolean
  readonly fontSize: number
}

export type FillRule = 'nonzero' | 'evenodd'

const BLACK: Colour = { r: 0, g: 0, b: 0, alpha: 1 }
/** A pattern is some grey. */
const PATTERN: Colour = { r: 128, g: 128, b: 128, alpha: 1 }

export const INITIAL: Inherited = {
  color: BLACK,
  fill: BLACK,
  stroke: null,
  fillOpacity: 1,
  strokeOpacity: 1,
  strokeWidth: 1,
  fillRule: 'nonzero',
  clipRule: 'nonzero',
  isVisible: true,
  fontSize: 16,
}

/** A number or a percentage, 0–1. */
export function parseOpacity(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = text.trim().endsWith('%') ? Number.parseFloat(text) / 100 : Number.parseFloat(text)
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : otherwise
}

/** The id in `url(#id)`, and what comes after it. */
export function reference(text: string): { readonly id: string; readonly fallback: string } | null {
  const trimmed = text.trim()
  if (!trimmed.toLowerCase().startsWith('url(')) return null
  const end = trimmed.indexOf(')')
  const inside = trimmed.slice(4, end < 0 ? trimmed.length : end).trim()
  const bare = inside.startsWith('"') || inside.startsWith("'") ? inside.slice(1, -1).trim() : inside
  return bare.startsWith('#') ? { id: bare.slice(1), fallback: end < 0 ? '' : trimmed.slice(end + 1).trim() } : null
}

const ruleOf = (text: string | undefined, otherwise: FillRule): FillRule => (text === 'evenodd' || text === 'nonzero' ? text : otherwise)

/** @param find elements by id, for paints that are gradients or patterns */
export function inherit(
  declared: Declared,
  outer: Inherited,
  viewport: Viewport,
  find: (id: string) => XmlElement | undefined,
  onPattern: () => void,
): Inherited {
  const color = parseColour(declared.get('color') ?? '', outer.color) ?? outer.color
  const paint = (property: 'fill' | 'stroke'): Colour | null => {
    const text = declared.get(property)
    const before = outer[property]
    return text === undefined || text === 'inherit' ? before : parsePaint(text, color, before, find, onPattern)
  }
  const fontSize = parseLength(declared.get('font-size'), { ...viewport, fontSize: outer.fontSize }) ?? outer.fontSize
  const visibility = declared.get('visibility')
  return {
    color,
    fill: paint('fill'),
    stroke: paint('stroke'),
    fillOpacity: parseOpacity(declared.get('fill-opacity'), outer.fillOpacity),
    strokeOpacity: parseOpacity(declared.get('stroke-opacity'), outer.strokeOpacity),
    strokeWidth: parseLength(declared.get('stroke-width'), { ...viewport, fontSize }) ?? outer.strokeWidth,
    fillRule: ruleOf(declared.get('fill-rule'), outer.fillRule),
    clipRule: ruleOf(declared.get('clip-rule'), outer.clipRule),
    isVisible: visibility === undefined || visibility === 'inherit' ? outer.isVisible : visibility === 'visible',
    fontSize,
  }
}

function parsePaint(
  text: string,
  color: Colour,
  before: Colour | null,
  find: (id: string) => XmlElement | undefined,
  onPattern: () => void,
): Colour | null {
  if (text.trim().toLowerCase() === 'none') return null
  const server = reference(text)
  if (!server) return parseColour(text, color) ?? before
  const element = find(server.id)
  if (element?.name === 'pattern') {
    onPattern()
    return PATTERN
  }
  if (element?.name.endsWith('Gradient')) return meanStop(element, find, color)
  return server.fallback === '' || server.fallback.toLowerCase() === 'none' ? null : parseColour(server.fallback, color)
}

/** A gradient as one colour: the mean of its stops, its own or those of the gradient that it refers to. */
function meanStop(gradient: XmlElement, find: (id: string) => XmlElement | undefined, color: Colour): Colour | null {
  let element: XmlElement | undefined = gradient
  for (let step = 0; element && step < 5; step++) {
    const stops = element.children.filter(({ name }) => name === 'stop')
    if (stops.length > 0) return meanColour(stops.slice(0, 256).map((stop) => stopColour(stop, color)))
    const href: string = (element.attributes.get('href') ?? element.attributes.get('xlink:href') ?? '').trim()
    element = href.startsWith('#') ? find(href.slice(1)) : undefined
  }
  return null
}

function stopColour({ attributes }: XmlElement, color: Colour): Colour {
  const style = attributes.get('style') ?? ''
  const given = (property: string): string | undefined => {
    const at = style.indexOf(`${property}:`)
    return at < 0 ? attributes.get(property) : style.slice(at + property.length + 1).split(';', 1)[0]
  }
  const base = parseColour(given('stop-color') ?? 'black', color) ?? BLACK
  return { ...base, alpha: base.alpha * parseOpacity(given('stop-opacity'), 1) }
}

function meanColour(colours: readonly Colour[]): Colour {
  const mean = (channel: keyof Colour): number => colours.reduce((sum, colour) => sum + colour[channel], 0) / colours.length
  return { r: Math.round(mean('r')), g: Math.round(mean('g')), b: Math.round(mean('b')), alpha: mean('alpha') }
}
