/** The program that `docs/cases.md` prints, run as a reader of it would: what it says of a log is what the studio says. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readLog, writeLog } from './caseArchive'
import { type Entry, nextEntry } from './chain'

const page = readFileSync(new URL('../../docs/cases.md', import.meta.url), 'utf8')
const program = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const hasPython = spawnSync('python3', ['--version']).status === 0
const folder = mkdtempSync(path.join(tmpdir(), 'face-studio-python-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whatever may stand in a log: other scripts, quotes, lines, half a surrogate pair. */
const WORDS = ['brows fuller', 'Łódź, “left”\n\ttwo lines', '眉毛更浓 😀', '\ud83d', '\\u0041 \u2028', '']

function log(): Entry[] {
  const entries: Entry[] = []
  for (const [i, words] of WORDS.entries())
    entries.push(nextEntry(entries.at(-1) ?? null, new Date(Date.UTC(2026, 10, 28, 3, i)), 'note', { about: null, words }))
  return entries
}

function check(text: string): { readonly isIntact: boolean; readonly said: string } {
  writeFileSync(path.join(folder, 'check.py'), program)
  writeFileSync(path.join(folder, 'log.json'), text)
  const { status, stdout, stderr } = spawnSync('python3', ['check.py', 'log.json'], { cwd: folder })
  return { isIntact: status === 0, said: `${stdout}${stderr}`.trim() }
}

it('is short', () => {
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(13)
})

describe.skipIf(!hasPython)('the printed program', () => {
  it('finds an exported log intact, and names its end', () => {
    const entries = log()
    expect(check(writeLog(entries))).toEqual({
      isIntact: true,
      said: `intact: ${entries.length} entries, the last digest is ${entries.at(-1)?.digest}`,
    })
    expect(check(writeLog([])).isIntact).toBe(true)
  })

  it.each<[string, (file: { entries: Record<string, unknown>[]; end: Record<string, unknown> }) => unknown]>([
    ['a changed word', ({ entries }) => Object.assign(entries[0] ?? {}, { text: '{"about":null,"words":"brows thinner"}' })],
    ['a changed time', ({ entries }) => Object.assign(entries[2] ?? {}, { at: '2026-11-28T04:00:00.000Z' })],
    ['an entry that is gone', ({ entries }) => entries.splice(1, 1)],
    ['two that were exchanged', ({ entries }) => entries.splice(1, 2, ...entries.slice(1, 3).reverse())],
    ['an end that was cut off', ({ entries }) => entries.pop()],
    ['another end', ({ end }) => Object.assign(end, { digest: 'f'.repeat(64) })],
  ])('finds %s, as the studio does', (_, change) => {
    const file = JSON.parse(writeLog(log()))
    change(file)
    const text = JSON.stringify(file)
    expect(check(text)).toMatchObject({ isIntact: false, said: expect.stringMatching(/^not intact: /) })
    expect(readLog(text).report.intact).toBe(false)
  })
})
