/**
 * The part of XML that a drawing needs: text → a tree of names and attributes, and nothing else. There is no document, no style, no loading and
 * no script here, so there is nothing that a hostile file could set off; entities that a file defines itself are refused (billion laughs).
 */

import { StudioError } from '../../shared/errors'
import { LIMITS } from './types'

export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string
  /** Names as written, prefix included. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, character data included. */
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly qualifiedName: string
  readonly children: XmlElement[]
  text: string
}

const malformed = (what: string): StudioError =>
  new StudioError(
    'bad-svg',
    `This SVG is not well-formed: ${what}. Nothing was imported; open it in a drawing program and save it again as plain SVG.`,
  )

const NAME = /[\p{L}_][\p{L}\p{N}_.:-]*/uy
const ATTRIBUTE = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));|&/giu
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @throws StudioError `bad-svg` when it is not well-formed, defines entities, or is nested too deep; `too-many-points` when it is too large */
export function parseXml(text: string): XmlElement {
  const stack: OpenElement[] = []
  let root: XmlElement | null = null
  let elements = 0
  let position = 0

  const skipPast = (end: string, what: string): string => {
    const found = text.indexOf(end, position)
    if (found < 0) throw malformed(`${what} has no end; the file may be cut off`)
    const inside = text.slice(position, found)
    position = found + end.length
    return inside
  }
  const addText = (value: string): void => {
    const parent = stack.at(-1)
    if (parent) parent.text += value
    else if (value.trim() !== '') throw malformed('there is text outside of the drawing')
  }
  const close = (element: OpenElement): void => {
    const parent = stack.at(-1)
    if (parent) parent.children.push(element)
    else if (root) throw malformed('it holds more than one drawing')
    else root = element
  }
  const readTag = (): void => {
    if (++elements > LIMITS.svgElements) throw tooManyElements()
    const element = openElement(text, position)
    position = element.end
    if (element.isEmpty) {
      close(element.element)
      return
    }
    stack.push(element.element)
    if (stack.length > LIMITS.svgDepth)
      throw new StudioError(
        'bad-svg',
        `This SVG nests groups more than ${LIMITS.svgDepth} deep. Ungroup it in a drawing program, then import it again.`,
      )
  }
  const readMarkup = (): void => {
    if (text.startsWith('<!--', position)) skipPast('-->', 'a comment')
    else if (text.startsWith('<![CDATA[', position)) {
      position += 9
      addText(skipPast(']]>', 'character data'))
    } else if (text.startsWith('<?', position)) skipPast('?>', 'an instruction')
    else if (text.startsWith('<!', position)) refuseEntities(skipPast('>', 'its document type'))
    else if (text.startsWith('</', position)) {
      position += 2
      const name = skipPast('>', 'a tag').trimEnd()
      const element = stack.pop()
      if (element?.qualifiedName !== name) throw malformed(`“${name.slice(0, 40)}” is closed where it is not open`)
      close(element)
    } else readTag()
  }

  while (position < text.length) {
    const next = text.indexOf('<', position)
    addText(decodeEntities(text.slice(position, next < 0 ? text.length : next)))
    if (next < 0) break
    position = next
    readMarkup()
  }
  if (stack.length > 0 || !root) throw malformed('it ends before the drawing does; the file may be cut off')
  return root
}

function openElement(text: string, start: number): { element: OpenElement; end: number; isEmpty: boolean } {
  NAME.lastIndex = start + 1
  const qualifiedName = NAME.exec(text)?.[0]
  if (qualifiedName === undefined) throw malformed('a tag has no name')
  const attributes = new Map<string, string>()
  let end = NAME.lastIndex
  for (;;) {
    ATTRIBUTE.lastIndex = end
    const match = ATTRIBUTE.exec(text)
    if (!match) break
    const [, name = '', double, single] = match
    if (attributes.has(name)) throw malformed(`“${name.slice(0, 40)}” is given twice in one tag`)
    attributes.set(name, decodeEntities(double ?? single ?? ''))
    end = ATTRIBUTE.lastIndex
  }
  TAG_END.lastIndex = end
  const closing = TAG_END.exec(text)
  if (!closing) throw malformed(`the tag “${qualifiedName.slice(0, 40)}” cannot be read`)
  const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1)
  return { element: { name, qualifiedName, attributes, children: [], text: '' }, end: TAG_END.lastIndex, isEmpty: closing[1] === '/' }
}

function refuseEntities(documentType: string): void {
  if (!documentType.includes('[')) return
  throw new StudioError(
    'bad-svg',
    'This SVG defines its own entities, which can hide a trap, so it was not imported. Save it as plain SVG in a drawing program.',
  )
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, named?: string) => {
    if (named) return NAMED[named.toLowerCase()] ?? ''
    if (decimal === undefined && hexadecimal === undefined) throw malformed(`it uses an unknown entity “${whole}”`)
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    if (code > 0x10ffff) throw malformed(`it uses an impossible character “${whole}”`)
    return String.fromCodePoint(code)
  })
}

function tooManyElements(): StudioError {
  return new StudioError(
    'too-many-points',
    `This SVG has more than ${LIMITS.svgElements.toLocaleString('en')} elements. Simplify it in the program that made it, then import it again.`,
  )
}
