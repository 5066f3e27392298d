/**
 * Reading numbers and words from attribute text, in one pass from left to right. Nothing here goes back: patterns are sticky and cannot match in two ways, so
 * a text of any length costs its length.
 */

/** One sign, digits with at most one point, an exponent only where digits follow it (so that `2em` is 2 and a unit). */
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy
const WORD = /[a-z][\w-]*/iy

export class Scanner {
  readonly text: string
  position = 0

  constructor(text: string) {
    this.text = text
  }

  get atEnd(): boolean {
    return this.position >= this.text.length
  }

  peek(): string {
    return this.text.charAt(this.position)
  }

  /** White space, and commas where they only separate. */
  skip(commas = false): void {
    while (this.position < this.text.length) {
      const code = this.text.charCodeAt(this.position)
      if (code > 32 && !(commas && code === 44)) return
      this.position++
    }
  }

  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0] ?? null
    if (found !== null) this.position = pattern.lastIndex
    return found
  }

  number(): number | null {
    const text = this.take(NUMBER)
    return text === null ? null : Number(text)
  }

  word(): string | null {
    return this.take(WORD)
  }

  /** A single character, if it is the next one. */
  accept(character: string): boolean {
    if (this.peek() !== character) return false
    this.position++
    return true
  }

  /** Everything up to a character, which is passed over; `null` when it does not come. */
  until(character: string): string | null {
    const end = this.text.indexOf(character, this.position)
    if (end < 0) return null
    const inside = this.text.slice(this.position, end)
    this.position = end + 1
    return inside
  }
}

/** Numbers parted by white space and commas; `null` when there is anything else. */
export function readNumbers(text: string, onNumber: () => void = () => undefined): number[] | null {
  const scanner = new Scanner(text)
  const values: number[] = []
  for (scanner.skip(true); !scanner.atEnd; scanner.skip(true)) {
    const value = scanner.number()
    if (value === null || !Number.isFinite(value)) return null
    values.push(value)
    onNumber()
  }
  return values
}

/** Splits at a separator that stands neither in quotes nor in parentheses. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    if (quote !== '') {
      if (character === '\\') i++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
