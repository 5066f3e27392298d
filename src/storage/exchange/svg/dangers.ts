/** An SVG that could run or load something if a browser ever showed it is refused whole, with the reason, though nothing here would do either. */

import { StudioError } from '../../../shared/errors'
import type { XmlElement } from './xml'

const refuse = (what: string): StudioError =>
  new StudioError('bad-svg', `This SVG ${what}, so it was not imported. Save it as plain SVG in a drawing program, or export it as PNG.`)

/** Browsers skip white space and control characters inside of a scheme. */
function isScript(value: string): boolean {
  let start = ''
  for (let i = 0; i < value.length && start.length < 11; i++) {
    const code = value.charCodeAt(i)
    if (code > 32 && (code < 127 || code > 160)) start += value.charAt(i)
  }
  const scheme = start.toLowerCase()
  return scheme.startsWith('javascript:') || scheme.startsWith('vbscript:')
}

/** `url(…)` of anything but a place in the same file or data that the file itself carries. */
function loadsElsewhere(text: string): boolean {
  const lower = text.toLowerCase()
  for (let at = lower.indexOf('url('); at >= 0; at = lower.indexOf('url(', at + 4)) {
    let start = at + 4
    while (start < lower.length && (lower.charCodeAt(start) <= 32 || '\'"'.includes(lower.charAt(start)))) start++
    if (!lower.startsWith('#', start) && !lower.startsWith('data:', start)) return true
  }
  return false
}

/**
 * Looks at everything, also at what is not drawn.
 * @throws StudioError `bad-svg`
 */
export function refuseDangers(element: XmlElement): void {
  const { name, attributes, children, text } = element
  const lowerName = name.toLowerCase()
  if (lowerName === 'script') throw refuse('contains a script')
  if (lowerName === 'foreignobject') throw refuse('contains a foreign document')
  if (lowerName === 'style' && (text.toLowerCase().includes('@import') || loadsElsewhere(text)))
    throw refuse('loads something from elsewhere')
  for (const [key, value] of attributes) refuseAttribute(lowerName, key.toLowerCase(), value)
  for (const child of children) refuseDangers(child)
}

function refuseAttribute(name: string, key: string, value: string): void {
  // Nothing interprets these.
  if (key.startsWith('data-')) return
  if (key.startsWith('on')) throw refuse('contains an event handler')
  if (isScript(value)) throw refuse('contains a script')
  const isReference = key === 'href' || key.endsWith(':href')
  if (isReference && name !== 'a' && !isWithin(value)) throw refuse('refers to another file')
  if (loadsElsewhere(value)) throw refuse('loads something from elsewhere')
}

const isWithin = (value: string): boolean => {
  const start = value.slice(0, 200).trimStart().toLowerCase()
  return start === '' || start.startsWith('#') || start.startsWith('data:image/')
}
