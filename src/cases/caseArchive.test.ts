import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../shared/sha256'
import { type CaseArchive, isCaseFile, readCase, readLog, writeCase, writeLog } from './caseArchive'
import { type Entry, nextEntry } from './chain'
import { newVault, openVault } from './vault'

/** As many as a test can wait for; what ships is in `vault.ts`. */
const ROUNDS = 1_000
const PHRASE = 'seven quiet herons'
const AT = new Date('2026-11-28T03:00:00.000Z')

function archive(): CaseArchive {
  const drawing = new TextEncoder().encode('{"strokes":[]}')
  const digest = sha256Hex(drawing)
  const entries: Entry[] = []
  const add = (kind: string, payload: unknown): void => void entries.push(nextEntry(entries.at(-1) ?? null, AT, kind, payload))
  add('created', { case: 'case-1', fields: { number: '12/2026', operator: 'Mara' } })
  const none = { parent: null, session: null, witness: null, face: null, request: null, pixels: null, model: null }
  add('version', { ...none, version: 'v1', name: 'First', drawing: digest, strokes: 0 })
  add('note', { about: 'v1', words: 'brows fuller' })
  return { id: 'case-1', entries, files: new Map([[digest, drawing]]) }
}

const messageOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: Error) => error.message,
  )

describe('a case as a file', () => {
  it('comes back as it was', async () => {
    const file = await writeCase(archive(), PHRASE, ROUNDS)
    expect(isCaseFile(file)).toBe(true)
    expect(await readCase(file, PHRASE)).toEqual(archive())
    // The words of the witness are nowhere to be read in it.
    expect(new TextDecoder('latin1').decode(file)).not.toContain('brows fuller')
  })

  it('tells a wrong pass phrase from a file that was changed', async () => {
    const file = await writeCase(archive(), PHRASE, ROUNDS)
    expect(await messageOf(readCase(file, 'seven quiet heron'))).toMatch(/pass phrase is wrong/)
    const changed = file.slice()
    changed[changed.length - 40] = (changed.at(-40) ?? 0) ^ 1
    expect(await messageOf(readCase(changed, PHRASE))).toMatch(/changed or damaged/)
    expect(await messageOf(readCase(changed, 'seven quiet heron'))).toMatch(/changed or damaged/)
    expect(await messageOf(readCase(file.slice(0, -1), PHRASE))).toMatch(/changed or damaged/)
  })

  it('finds a change whose sum was written anew, and one of the head', async () => {
    const file = await writeCase(archive(), PHRASE, ROUNDS)
    const lineEnd = file.indexOf(10)
    const header = JSON.parse(new TextDecoder().decode(file.subarray(0, lineEnd))) as Record<string, string>
    const sealed = file.slice(lineEnd + 1)
    sealed[20] = (sealed[20] ?? 0) ^ 1
    const sum = sha256Hex(`face-studio-case 1\n${header.rounds}\n${header.salt}\n${header.check}\n${sha256Hex(sealed)}`)
    const forged = (fields: object, rest: Uint8Array): Uint8Array<ArrayBuffer> =>
      Uint8Array.from([...new TextEncoder().encode(`${JSON.stringify({ ...header, ...fields })}\n`), ...rest])
    expect(await messageOf(readCase(forged({ sum }, sealed), PHRASE))).toMatch(/pass phrase is right, but the data was changed/)
    expect(await messageOf(readCase(forged({ salt: '00'.repeat(16) }, file.slice(lineEnd + 1)), PHRASE))).toMatch(/changed or damaged/)
  })

  it('is refused where its log or a picture was changed before it was encrypted, and says which', async () => {
    const { id, entries, files } = archive()
    const changed = entries.map((entry, i) => (i === 1 ? { ...entry, at: '2026-11-28T04:00:00.000Z' } : entry))
    expect(await messageOf(readCase(await writeCase({ id, entries: changed, files }, PHRASE, ROUNDS), PHRASE))).toMatch(
      /entry 2 was changed/,
    )
    const [digest = ''] = files.keys()
    const other = new Map([[digest, new TextEncoder().encode('{"strokes":[1]}')]])
    expect(await messageOf(readCase(await writeCase({ id, entries, files: other }, PHRASE, ROUNDS), PHRASE))).toContain(digest.slice(0, 12))
    expect(await messageOf(readCase(await writeCase({ id, entries, files: new Map() }, PHRASE, ROUNDS), PHRASE))).toMatch(/missing/)
  })

  it('is told from other files', async () => {
    expect(await messageOf(readCase(new TextEncoder().encode('{"format":"other"}\n'), PHRASE))).toMatch(/no case/)
    expect(isCaseFile(new Uint8Array())).toBe(false)
  })
})

describe('a log as a file', () => {
  it('is verified when it is read', () => {
    const { entries } = archive()
    expect(readLog(writeLog(entries))).toEqual({ entries, report: { intact: true, entries: 3, digest: entries[2]?.digest } })
    expect(readLog(writeLog(entries).replace('brows fuller', 'brows thinner')).report).toEqual({ intact: false, seq: 3, fault: 'changed' })
    const cut = JSON.parse(writeLog(entries)) as { entries: unknown[] }
    cut.entries.pop()
    expect(readLog(JSON.stringify(cut)).report).toEqual({ intact: false, seq: 3, fault: 'cut' })
    // More than the file says it has: the program in docs/cases.md calls it not intact too.
    const log = JSON.parse(writeLog(entries)) as object
    expect(readLog(JSON.stringify({ ...log, end: { seq: 0, digest: '' } })).report).toEqual({ intact: false, seq: 1, fault: 'broken' })
    const second = { seq: 2, digest: entries[1]?.digest }
    expect(readLog(JSON.stringify({ ...log, end: second })).report).toEqual({ intact: false, seq: 3, fault: 'broken' })
  })
})

describe('a vault', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)

  it('opens what it sealed, in its place alone', async () => {
    const vault = await newVault(PHRASE, ROUNDS)
    const sealed = await vault.seal(bytes, 'case/1')
    const again = await openVault(PHRASE, vault.hint)
    expect(await again.open(sealed, 'case/1')).toEqual(bytes)
    await expect(again.open(sealed, 'case/2')).rejects.toMatchObject({ code: 'bad-project' })
    await expect(openVault('another phrase', vault.hint)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('seals the same bytes differently each time', async () => {
    const vault = await newVault(PHRASE, ROUNDS)
    expect(await vault.seal(bytes, 'a')).not.toEqual(await vault.seal(bytes, 'a'))
  })

  it('takes one phrase typed on two keyboards for one', async () => {
    const vault = await newVault('caf\u00e9 am see', ROUNDS)
    await expect(openVault('cafe\u0301 am see', vault.hint)).resolves.toBeDefined()
  })
})
