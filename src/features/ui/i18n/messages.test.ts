import { describe, expect, it } from 'vitest'
import { en } from './en'
import { LANGUAGES, preferredLocale } from './messages'
import { zh } from './zh'

/** Every leaf as `path → text`, functions called with sample arguments. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(3, 4))]]
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, `${path}.${key}`))
}

/** Names that are the same in both languages. */
const SAME = /^\.(face\.backendNames|shortcuts|look\.fields|name|percent|face\.perUnit)/

describe('messages', () => {
  it('has the same messages in all languages, none of them empty', () => {
    const english = new Map(leaves(en.messages))
    for (const { id, messages } of LANGUAGES) {
      const texts = new Map(leaves(messages))
      expect([...texts.keys()].sort(), id).toEqual([...english.keys()].sort())
      for (const [path, text] of texts) expect(text.trim(), `${id}${path}`).not.toBe('')
    }
  })

  it('says every Chinese message in Chinese', () => {
    const numbersOnly = /^[\d\s，,.%/]+$/
    for (const [path, text] of leaves(zh.messages)) {
      if (SAME.test(path) || numbersOnly.test(text)) continue
      expect(text, path).toMatch(/\p{Script=Han}/u)
    }
  })

  it('keeps English out of Han', () => {
    for (const [path, text] of leaves(en.messages)) expect(text, path).not.toMatch(/\p{Script=Han}/u)
  })

  it('counts in English', () => {
    expect(en.messages.sketches.strokes(1)).toBe('1 stroke')
    expect(en.messages.sketches.strokes(1200)).toBe('1,200 strokes')
  })
})

describe('preferredLocale', () => {
  it('takes the first language that it has', () => {
    expect(preferredLocale(['fr-FR', 'zh-CN', 'en'], LANGUAGES)).toBe('zh')
    expect(preferredLocale(['en-GB', 'zh'], LANGUAGES)).toBe('en')
  })
  it('falls back to English', () => {
    expect(preferredLocale(['de'], LANGUAGES)).toBe('en')
    expect(preferredLocale([], LANGUAGES)).toBe('en')
  })
})
