/**
 * The part of XML that a drawing needs: text → a tree of names and attributes, and nothing else. There is no document, no style, no loading and
 * no script here, so there is nothing that a hostile file could set off; entities that refer to others or to files are refused (billion laughs).
 */

import { StudioError } from '../../../shared/errors'
import { LIMITS } from '../types'

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
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([\p{L}_][\p{L}\p{N}_.-]{0,40}));|&/giu
const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** @throws StudioError `bad-svg` when it is not well-formed, defines entities, or is nested too deep; `too-many-points` when it is too large */
export function parseXml(text: string): XmlElement {
  const stack: OpenElement[] = []
  let root: XmlElement | null = null
  let entities = NAMED
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
    const element = openElement(text, position, entities)
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
    else if (text.startsWith('<!', position)) {
      const type = readDocumentType(text, position)
      position = type.end
      entities = type.entities
    } else if (text.startsWith('</', position)) {
      position += 2
      const name = skipPast('>', 'a tag').trimEnd()
      const element = stack.pop()
      if (element?.qualifiedName !== name) throw malformed(`“${name.slice(0, 40)}” is closed where it is not open`)
      close(element)
    } else readTag()
  }

  while (position < text.length) {
    const next = text.indexOf('<', position)
    addText(decodeEntities(text.slice(position, next < 0 ? text.length : next), entities))
    if (next < 0) break
    position = next
    readMarkup()
  }
  if (stack.length > 0 || !root) throw malformed('it ends before the drawing does; the file may be cut off')
  return root
}

function openElement(
  text: string,
  start: number,
  entities: ReadonlyMap<string, string>,
): { element: OpenElement; end: number; isEmpty: boolean } {
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
    attributes.set(name, decodeEntities(double ?? single ?? '', entities))
    end = ATTRIBUTE.lastIndex
  }
  TAG_END.lastIndex = end
  const closing = TAG_END.exec(text)
  if (!closing) throw malformed(`the tag “${qualifiedName.slice(0, 40)}” cannot be read`)
  const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1)
  return { element: { name, qualifiedName, attributes, children: [], text: '' }, end: TAG_END.lastIndex, isEmpty: closing[1] === '/' }
}

/** Shortcuts that a file may define: as many and as long as old drawing programs write for their namespaces. */
const MOST_ENTITIES = 100
const LONGEST_ENTITY = 300
const ENTITY_DECLARATION = /\s*<!ENTITY\s+([\p{L}_][\p{L}\p{N}_.-]{0,40})\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>/uy
const OTHER_DECLARATION = /\s*<!(?:ATTLIST|ELEMENT)\s[^>]*>/uy
const END_OF_TYPE = /\s*\]\s*>/uy

/** Plain shortcuts are read; what refers to other entities or other files (billion laughs, file readers) is refused. */
function readDocumentType(text: string, start: number): { entities: ReadonlyMap<string, string>; end: number } {
  const close = text.indexOf('>', start)
  const open = text.indexOf('[', start)
  if (close < 0) throw malformed('its document type has no end; the file may be cut off')
  if (open < 0 || open > close) return { entities: NAMED, end: close + 1 }
  const entities = new Map(NAMED)
  let position = open + 1
  for (;;) {
    END_OF_TYPE.lastIndex = position
    if (END_OF_TYPE.test(text)) return { entities, end: END_OF_TYPE.lastIndex }
    OTHER_DECLARATION.lastIndex = position
    if (OTHER_DECLARATION.test(text)) {
      position = OTHER_DECLARATION.lastIndex
      continue
    }
    ENTITY_DECLARATION.lastIndex = position
    const match = ENTITY_DECLARATION.exec(text)
    const value = match?.[2] ?? match?.[3] ?? ''
    if (!match || value.length > LONGEST_ENTITY || entities.size > MOST_ENTITIES) throw refusedEntities()
    if (!entities.has(match[1] ?? '')) entities.set(match[1] ?? '', value)
    position = ENTITY_DECLARATION.lastIndex
  }
}

const refusedEntities = (): StudioError =>
  new StudioError(
    'bad-svg',
    'This SVG defines its own entities, which can hide a trap, so it was not imported. Save it as plain SVG in a drawing program.',
  )

function decodeEntities(text: string, entities: ReadonlyMap<string, string>): string {
  if (!text.includes('&')) return text
  let length = 0
  return text.replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, named?: string) => {
    const value = named === undefined ? undefined : entities.get(named)
    if (value !== undefined) {
      length += value.length
      // Each use is short, but there may be many.
      if (length > LIMITS.fileBytes) throw refusedEntities()
      return value
    }
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
