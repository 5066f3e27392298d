/**
 * The part of CSS that drawings carry: style sheets → rules with selectors, `style` attributes → declarations. One pass each; what is not understood (other
 * at-rules, pseudo-elements) is left out as a browser would.
 */

import { StudioError } from '../../../shared/errors'
import { splitOutside } from './scan'

export interface Declaration {
  readonly property: string
  readonly value: string
  readonly isImportant: boolean
}

/** One element's conditions: `path.a#b[c="d"]`. */
export interface Compound {
  readonly type: string | null
  readonly id: string | null
  readonly classes: readonly string[]
  readonly attributes: readonly { readonly name: string; readonly operator: string; readonly value: string }[]
  readonly isFirstChild: boolean
  readonly isRoot: boolean
}

/** Right to left: the last compound is the element itself; `combinator` says how it is bound to the one before it. */
export interface Selector {
  readonly compounds: readonly { readonly compound: Compound; readonly combinator: '' | ' ' | '>' | '+' | '~' }[]
  readonly specificity: number
}

export interface Rule {
  readonly selector: Selector
  readonly declarations: readonly Declaration[]
}

const MOST_RULES = 20_000
/** Longer selectors are no drawing program's. */
const MOST_COMPOUNDS = 8

/** The declarations of a `style` attribute or of a rule's block. */
export function parseDeclarations(text: string): Declaration[] {
  const declarations: Declaration[] = []
  for (const part of splitOutside(text, ';')) {
    const colon = part.indexOf(':')
    if (colon < 0) continue
    const property = part.slice(0, colon).trim()
    const mark = part.lastIndexOf('!')
    const isImportant =
      mark > colon &&
      part
        .slice(mark + 1)
        .trim()
        .toLowerCase() === 'important'
    const value = part.slice(colon + 1, isImportant ? mark : part.length).trim()
    if (property === '' || value === '') continue
    declarations.push({ property: property.startsWith('--') ? property : property.toLowerCase(), value, isImportant })
  }
  return declarations
}

export function parseStyleSheet(text: string): Rule[] {
  const rules: Rule[] = []
  readRules(withoutComments(text), rules, 0)
  return rules
}

function withoutComments(text: string): string {
  const pieces: string[] = []
  let position = 0
  for (;;) {
    const start = text.indexOf('/*', position)
    pieces.push(text.slice(position, start < 0 ? text.length : start))
    if (start < 0) return pieces.join(' ')
    const end = text.indexOf('*/', start + 2)
    if (end < 0) return pieces.join(' ')
    position = end + 2
  }
}

function readRules(text: string, rules: Rule[], depth: number): void {
  let position = 0
  while (position < text.length) {
    const open = nextOf(text, '{', ';', position)
    if (open < 0) return
    const prelude = text
      .slice(position, open)
      .trim()
      .replace(/^(?:<!--|-->)/u, '')
    if (text.charAt(open) === ';') {
      position = open + 1
      continue
    }
    const close = matchingBrace(text, open)
    const block = text.slice(open + 1, close)
    position = close + 1
    if (prelude.startsWith('@')) {
      if (depth < 4 && appliesToScreen(prelude)) readRules(block, rules, depth + 1)
      continue
    }
    const declarations = parseDeclarations(block)
    for (const selector of splitOutside(prelude, ',')) {
      const parsed = parseSelector(selector)
      if (!parsed) continue
      rules.push({ selector: parsed, declarations })
      if (rules.length > MOST_RULES) throw tooManyRules()
    }
  }
}

const tooManyRules = (): StudioError =>
  new StudioError(
    'too-many-points',
    `This SVG has more than ${MOST_RULES.toLocaleString('en')} style rules. Save it as plain SVG in a drawing program, then import it again.`,
  )

/** Where the first of two characters is, outside of quotes. */
function nextOf(text: string, one: string, other: string, from: number): number {
  let quote = ''
  for (let i = from; i < text.length; i++) {
    const character = text.charAt(i)
    if (quote !== '') {
      if (character === '\\') i++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === one || character === other) return i
  }
  return -1
}

/** A block that never ends ends with the text. */
function matchingBrace(text: string, open: number): number {
  let depth = 0
  for (let i = open; i >= 0; i = nextOf(text, '{', '}', i + 1)) {
    depth += text.charAt(i) === '{' ? 1 : -1
    if (depth === 0) return i
  }
  return text.length
}

/** `@media` for screens, `@supports` and `@layer` blocks; the rest (`@font-face`, `@keyframes`, print) draws nothing. */
function appliesToScreen(prelude: string): boolean {
  const words = prelude.toLowerCase()
  if (words.startsWith('@supports') || words.startsWith('@layer')) return true
  return words.startsWith('@media') && !words.includes('print') && !words.includes('dark') && !words.includes('speech')
}

const NAME = /-?[_a-z\u{80}-\u{10ffff}][\w\u{80}-\u{10ffff}-]*/iuy
const ATTRIBUTE = /\[\s*([\w:-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\s\]"']+))\s*)?\]/y

/** `null` for a selector that is not understood: as in a browser, its rule does not apply. */
function parseSelector(text: string): Selector | null {
  const compounds: Selector['compounds'][number][] = []
  let specificity = 0
  let combinator: '' | ' ' | '>' | '+' | '~' = ''
  let position = 0
  const trimmed = text.trim()
  while (position < trimmed.length) {
    const read = readCompound(trimmed, position)
    if (!read || compounds.length === MOST_COMPOUNDS) return null
    compounds.push({ compound: read.compound, combinator })
    specificity += read.specificity
    position = read.end
    combinator = ' '
    while (position < trimmed.length && /[\s>+~]/u.test(trimmed.charAt(position))) {
      const character = trimmed.charAt(position++)
      if (character === '>' || character === '+' || character === '~') combinator = character
    }
  }
  return compounds.length > 0 ? { compounds, specificity } : null
}

function readCompound(text: string, start: number): { compound: Compound; specificity: number; end: number } | null {
  let position = start
  const name = (): string | null => {
    NAME.lastIndex = position
    const found = NAME.exec(text)?.[0] ?? null
    if (found !== null) position = NAME.lastIndex
    return found
  }
  const compound = {
    type: null as string | null,
    id: null as string | null,
    classes: [] as string[],
    attributes: [] as Compound['attributes'][number][],
    isFirstChild: false,
    isRoot: false,
  }
  let specificity = 0
  if (text.charAt(position) === '*') position++
  else compound.type = name()
  if (compound.type !== null) specificity += 1
  while (position < text.length && !/[\s>+~]/u.test(text.charAt(position))) {
    const mark = text.charAt(position)
    if (mark === '[') {
      ATTRIBUTE.lastIndex = position
      const match = ATTRIBUTE.exec(text)
      if (!match) return null
      compound.attributes.push({ name: match[1] ?? '', operator: match[2] ?? '', value: match[3] ?? match[4] ?? match[5] ?? '' })
      position = ATTRIBUTE.lastIndex
      specificity += 100
      continue
    }
    position++
    const word = name()
    if (word === null) return null
    if (mark === '#') compound.id = word
    else if (mark === '.') compound.classes.push(word)
    else if (mark === ':' && word === 'first-child') compound.isFirstChild = true
    else if (mark === ':' && word === 'root') compound.isRoot = true
    else return null
    specificity += mark === '#' ? 10_000 : 100
  }
  return position > start ? { compound, specificity, end: position } : null
}
