/** An SVG that could run or load something if a browser ever showed it is refused whole, with the reason, though nothing here would do either. */

import { StudioError } from '../../shared/errors'
import type { XmlElement } from './xml'

const refuse = (what: string): StudioError =>
  new StudioError('bad-svg', `This SVG ${what}, so it was not imported. Save it as plain SVG in a drawing program, or export it as PNG.`)

/** `url(…)` of anything but a place in the same file or an embedded picture. */
const FOREIGN_URL = /url\((?!\s*['"]?\s*(?:#|data:image\/))/iu
/** Browsers skip white space and control characters inside of a scheme. */
const SCRIPT_SCHEME = /^(?:javascript|vbscript):/iu

/**
 * Looks at everything, also at what is not drawn.
 * @throws StudioError `bad-svg`
 */
export function refuseDangers(element: XmlElement): void {
  const { name, attributes, children, text } = element
  const lowerName = name.toLowerCase()
  if (lowerName === 'script') throw refuse('contains a script')
  if (lowerName === 'foreignobject') throw refuse('contains a foreign document')
  if (lowerName === 'style' && (/@import/iu.test(text) || FOREIGN_URL.test(text))) throw refuse('loads something from elsewhere')
  for (const [key, value] of attributes) refuseAttribute(lowerName, key.toLowerCase(), value)
  for (const child of children) refuseDangers(child)
}

function refuseAttribute(name: string, key: string, value: string): void {
  // Nothing interprets these.
  if (key.startsWith('data-')) return
  if (key.startsWith('on')) throw refuse('contains an event handler')
  if (SCRIPT_SCHEME.test(value.replace(/[\s\p{Cc}]/gu, ''))) throw refuse('contains a script')
  const isReference = key === 'href' || key.endsWith(':href')
  if (isReference && name !== 'a' && !/^\s*(?:#|data:image\/)/iu.test(value)) throw refuse('refers to another file')
  if (FOREIGN_URL.test(value)) throw refuse('loads something from elsewhere')
}
