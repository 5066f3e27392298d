import { describe, expect, it } from 'vitest'
import { MESSAGES, preferredLocale } from './messages'

/** Every leaf as `path → text`, functions called with sample arguments. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(3, 4))]]
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, `${path}.${key}`))
}

/** Names that are the same in both languages. */
const SAME = /^\.(face\.backendNames|shortcuts|look\.fields|name|percent|face\.perUnit)/

describe('messages', () => {
  it('has the same messages in both languages, none of them empty', () => {
    const en = new Map(leaves(MESSAGES.en))
    const zh = new Map(leaves(MESSAGES.zh))
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
    for (const [path, text] of [...en, ...zh]) expect(text.trim(), path).not.toBe('')
  })

  it('says every Chinese message in Chinese', () => {
    const numbersOnly = /^[\d\s，,.%/]+$/
    for (const [path, text] of leaves(MESSAGES.zh)) {
      if (SAME.test(path) || numbersOnly.test(text)) continue
      expect(text, path).toMatch(/\p{Script=Han}/u)
    }
  })

  it('keeps English out of Han', () => {
    for (const [path, text] of leaves(MESSAGES.en)) expect(text, path).not.toMatch(/\p{Script=Han}/u)
  })

  it('counts in English', () => {
    expect(MESSAGES.en.sketches.strokes(1)).toBe('1 stroke')
    expect(MESSAGES.en.sketches.strokes(1200)).toBe('1,200 strokes')
  })
})

describe('preferredLocale', () => {
  it('takes the first language that it has', () => {
    expect(preferredLocale(['fr-FR', 'zh-CN', 'en'])).toBe('zh')
    expect(preferredLocale(['en-GB', 'zh'])).toBe('en')
  })
  it('falls back to English', () => {
    expect(preferredLocale(['de'])).toBe('en')
    expect(preferredLocale([])).toBe('en')
  })
})
