/** The command as a person runs it: a child process on files in a temporary folder. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCase, writeLog } from '../cases/caseArchive'
import { type Entry, nextEntry } from '../cases/chain'
import { TEST_PHRASE, TEST_ROUNDS } from './testCase'

const command = fileURLToPath(new URL('../../bin/face-studio.mjs', import.meta.url))
const words = ['brows fuller', 'a scar – Łódź', 'ears not seen', 'nothing more']
const entries: Entry[] = []
for (const [i, text] of words.entries())
  entries.push(nextEntry(entries.at(-1) ?? null, new Date(Date.UTC(2026, 10, 28, 3, i)), 'note', { about: null, words: text }))
const end = entries[3]?.digest ?? ''
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'face-studio-verify-'))
  const write = (name: string, data: string | Uint8Array): void => writeFileSync(path.join(folder, name), data)
  const log = writeLog(entries)
  write('log.json', log)
  write('changed.json', log.replace('brows fuller', 'brows thinner'))
  write('broken.json', writeLog(entries.filter((_, i) => i !== 1)))
  const cut = JSON.parse(log) as { entries: unknown[] }
  cut.entries.pop()
  write('cut.json', JSON.stringify(cut))
  write('other.json', '{"format":"other"}')
  const archive = { id: 'case-1', entries, files: new Map() }
  write('whole.facecase', await writeCase(archive, TEST_PHRASE, TEST_ROUNDS))
  const changed = entries.map((entry, i) => (i === 2 ? { ...entry, kind: 'nota' } : entry))
  write('inside.facecase', await writeCase({ ...archive, entries: changed }, TEST_PHRASE, TEST_ROUNDS))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function verify(args: string[], phrase?: string) {
  const { FACE_STUDIO_PASSPHRASE: _, ...environment } = process.env
  const env = phrase === undefined ? environment : { ...environment, FACE_STUDIO_PASSPHRASE: phrase }
  const result = spawnSync(process.execPath, [command, 'verify', ...args], { cwd: folder, env, timeout: 120_000 })
  return { status: result.status, text: result.stdout.toString(), stderr: result.stderr.toString() }
}

describe('face-studio verify', () => {
  it('says that a log is intact, how long it is and what it ends with', () => {
    const { status, text, stderr } = verify(['log.json'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(text).toBe(`intact\nentries  4, from 2026-11-28T03:00:00.000Z to 2026-11-28T03:03:00.000Z\ndigest   ${end}\n`)
    expect(JSON.parse(verify(['log.json', '--json']).text)).toEqual({ file: 'log.json', intact: true, entries: 4, digest: end })
  })

  it.each([
    ['changed.json', 'entry 1 was changed', { seq: 1, fault: 'changed' }],
    ['broken.json', 'before entry 2 something was taken out, put in or moved', { seq: 2, fault: 'broken' }],
    ['cut.json', 'it ends before entry 4', { seq: 4, fault: 'cut' }],
  ])('names what happened to %s', (file, what, fault) => {
    const plain = verify([file])
    expect(plain.status).toBe(1)
    expect(plain.text).toContain(`NOT intact: ${what}\n`)
    const json = verify([file, '--json'])
    expect(json.status).toBe(1)
    expect(JSON.parse(json.text)).toMatchObject({ intact: false, ...fault })
  })

  it('holds a log to a digest that was kept elsewhere', () => {
    const early = entries[1]?.digest ?? ''
    expect(verify(['log.json', '--digest', early.slice(0, 32)])).toMatchObject({
      status: 0,
      text: expect.stringContaining('up to entry 2, of'),
    })
    // A chain that is whole in itself, and not the one that was printed.
    const { status, text } = verify(['log.json', '--digest', '0'.repeat(64)])
    expect(status).toBe(1)
    expect(text).toMatch(/^NOT the log that this digest is of\n/)
    expect(JSON.parse(verify(['log.json', '--json', '--digest', '0'.repeat(64)]).text)).toMatchObject({ intact: false, known: null })
  })

  it('opens an encrypted case by its pass phrase', () => {
    const { status, text } = verify(['whole.facecase'], TEST_PHRASE)
    expect(status).toBe(0)
    expect(text).toMatch(/^intact\nentries {2}4,/)
    expect(text).toContain(end)
  })

  it.each<[string, number, RegExp, string[], string?]>([
    ['a wrong pass phrase', 1, /whole\.facecase: The pass phrase is wrong/, ['whole.facecase'], 'seven quiet heron'],
    ['no pass phrase and no terminal', 2, /FACE_STUDIO_PASSPHRASE[\s\S]*Try/, ['whole.facecase']],
    ['a case that was changed before it was encrypted', 1, /entry 3 was changed/, ['inside.facecase'], TEST_PHRASE],
    ['another file', 1, /other\.json: This file is no log of a case/, ['other.json']],
    ['a missing file', 66, /missing\.json: no such file/, ['missing.json']],
    ['no file', 2, /verify needs/, []],
  ])('ends with %s in status %i', (_, status, message, args, phrase) => {
    const result = verify(args, phrase)
    expect(result.stderr).toMatch(message)
    expect(result).toMatchObject({ status, text: '' })
  })

  it('tells programs of a wrong pass phrase that it knows nothing of the case', () => {
    expect(JSON.parse(verify(['whole.facecase', '--json'], 'seven quiet heron').text)).toMatchObject({
      intact: null,
      error: { code: 'bad-request' },
    })
    expect(JSON.parse(verify(['inside.facecase', '--json'], TEST_PHRASE).text)).toMatchObject({ intact: false })
  })
})
