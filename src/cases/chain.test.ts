import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Entry, NO_ENTRY, nextEntry, verifyChain } from './chain'

const AT = new Date('2026-11-28T03:00:00.000Z')

function log(count: number): Entry[] {
  const entries: Entry[] = []
  for (let i = 0; i < count; i++) entries.push(nextEntry(entries.at(-1) ?? null, AT, 'note', { about: null, words: `word ${i} – Łódź` }))
  return entries
}

describe('the chain of a log', () => {
  it('is what another implementation of SHA-256 makes of the documented text', () => {
    const [first, second] = log(2)
    const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
    expect(first?.previous).toBe(NO_ENTRY)
    expect(first?.digest).toBe(digest(`${NO_ENTRY}\n1\n2026-11-28T03:00:00.000Z\nnote\n{"about":null,"words":"word 0 – Łódź"}`))
    expect(second?.previous).toBe(first?.digest)
    expect(second?.digest).toBe(digest(`${first?.digest}\n2\n2026-11-28T03:00:00.000Z\nnote\n{"about":null,"words":"word 1 – Łódź"}`))
  })

  it('is intact when it was left alone', () => {
    const entries = log(5)
    expect(verifyChain(entries, { seq: 5, digest: entries[4]?.digest ?? '' })).toEqual({
      intact: true,
      entries: 5,
      digest: entries[4]?.digest,
    })
    expect(verifyChain([])).toEqual({ intact: true, entries: 0, digest: NO_ENTRY })
  })

  it.each([
    ['at', { at: '2026-11-28T03:00:00.001Z' }],
    ['kind', { kind: 'nota' }],
    ['text', { text: '{"about":null,"words":"word 2 – Łódz"}' }],
    ['digest', { digest: 'f'.repeat(64) }],
  ])('names the entry whose %s was changed', (_field, change) => {
    const entries = log(5).map((entry, i) => (i === 2 ? { ...entry, ...change } : entry))
    expect(verifyChain(entries)).toEqual({ intact: false, seq: 3, fault: 'changed' })
  })

  it('finds every single changed character', () => {
    const entries = log(3)
    const text = entries[1]?.text ?? ''
    for (let i = 0; i < text.length; i++) {
      const other = `${text.slice(0, i)}${text[i] === 'x' ? 'y' : 'x'}${text.slice(i + 1)}`
      expect(verifyChain(entries.map((entry, k) => (k === 1 ? { ...entry, text: other } : entry)))).toMatchObject({
        seq: 2,
        fault: 'changed',
      })
    }
  })

  it('names where something was taken out, moved, put in or written anew', () => {
    const entries = log(5)
    expect(verifyChain(entries.filter((_, i) => i !== 1))).toEqual({ intact: false, seq: 2, fault: 'broken' })
    const [a, b, c] = entries as [Entry, Entry, Entry]
    expect(verifyChain([a, c, b])).toEqual({ intact: false, seq: 2, fault: 'broken' })
    // A forger who writes the second entry and its digest anew breaks the third.
    const forged = nextEntry(a, AT, 'note', { about: null, words: 'forged' })
    expect(verifyChain([a, forged, ...entries.slice(2)])).toEqual({ intact: false, seq: 3, fault: 'broken' })
  })

  it('finds that the end was cut off, against what the end is known to be', () => {
    const entries = log(5)
    const end = { seq: 5, digest: entries[4]?.digest ?? '' }
    expect(verifyChain(entries.slice(0, 3))).toMatchObject({ intact: true })
    expect(verifyChain(entries.slice(0, 3), end)).toEqual({ intact: false, seq: 4, fault: 'cut' })
    const other = nextEntry(entries[3] ?? null, AT, 'note', { about: null, words: 'another end' })
    expect(verifyChain([...entries.slice(0, 4), other], end)).toEqual({ intact: false, seq: 5, fault: 'changed' })
  })
})
