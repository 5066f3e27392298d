import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { newVault, openVault } from '../cases/vault'
import { type CaseLibrary, caseLibrary } from './cases'
import { CASE_ENTRIES, CASE_FILES, CASE_TABLES, CASES } from './caseTables'
import type { Database } from './database'
import { openIndexedDatabase } from './indexedDatabase'
import { openCase, startCase } from './openCase'
import { caseFile } from './sealedRows'
import { freshDatabaseName, lockTable } from './testing'

const ROUNDS = 1_000
const WORDS = 'a scar over the left brow'
const picture = Uint8Array.from({ length: 50 }, (_, i) => i)

async function fresh(): Promise<{ library: CaseLibrary; database: Database; broken: { isFull: boolean } }> {
  const database = await openIndexedDatabase(freshDatabaseName())
  const broken = { isFull: false }
  const write: Database['write'] = (tables, work) =>
    broken.isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : database.write(tables, work)
  return { library: caseLibrary({ ...database, read: database.read, write, close: database.close }, lockTable(), null), database, broken }
}

async function begun(library: CaseLibrary) {
  const open = await startCase({ library, id: 'case-1', vault: null })
  await open.append('created', { case: 'case-1', fields: { number: '12/2026', title: 'Station', operator: 'Mara' } })
  await open.append('witness', { witness: 'w1', name: 'Witness A', note: '' })
  await open.append('note', { about: null, words: WORDS })
  const face = caseFile(picture)
  const none = { parent: null, session: null, witness: 'w1', request: null, pixels: null, model: null }
  await open.append('version', { ...none, version: 'v1', name: 'First', drawing: face.digest, face: face.digest, strokes: 3 }, [face])
  return { open, face }
}

describe('a case in the database', () => {
  it('is there again with all that it says', async () => {
    const { library } = await fresh()
    const { open, face } = await begun(library)
    await open.close()
    expect(await library.list()).toMatchObject([{ id: 'case-1', name: { number: '12/2026', title: 'Station' }, seq: 4 }])
    const again = await openCase({ library, id: 'case-1', vault: null })
    expect(again.state).toMatchObject({
      fields: { operator: 'Mara' },
      witnesses: [{ name: 'Witness A' }],
      versions: [{ name: 'First' }],
      notes: [{ words: WORDS }],
    })
    expect(await again.file(face.digest)).toEqual(picture)
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: 4 }, files: [] })
  })

  it('writes entries that are made in one task in their order, and says when they are safe', async () => {
    const { library } = await fresh()
    const { open } = await begun(library)
    const written = Array.from({ length: 40 }, (_, i) => open.append('note', { about: null, words: `${i}` }))
    expect(open.unsaved).toBe(40)
    await Promise.all(written)
    expect(open.unsaved).toBe(0)
    expect((await open.verify()).log).toMatchObject({ intact: true, entries: 44 })
  })

  it('keeps what could not be written, and writes it with the next', async () => {
    const { library, broken } = await fresh()
    const { open } = await begun(library)
    broken.isFull = true
    await expect(open.append('note', { about: null, words: 'one' })).rejects.toMatchObject({ code: 'storage-full' })
    expect(open).toMatchObject({ unsaved: 1, error: { code: 'storage-full' } })
    broken.isFull = false
    await open.append('note', { about: null, words: 'two' })
    expect(open).toMatchObject({ unsaved: 0, error: null })
    expect(open.state.notes.map(({ words }) => words)).toEqual([WORDS, 'one', 'two'])
    expect((await open.verify()).log).toMatchObject({ intact: true, entries: 6 })
  })

  it('names the entry that somebody changed on the disk, one that is gone, and a picture', async () => {
    const { library, database } = await fresh()
    const { open, face } = await begun(library)
    const rows = await library.entries('case-1')
    const third = rows[2]
    if (typeof third?.body !== 'string') throw new Error('no third entry')
    const body = third.body.replace('left', 'rite')
    await database.write(CASE_TABLES, (writer) => writer.put(CASE_ENTRIES, { ...third, body }))
    expect((await open.verify()).log).toEqual({ intact: false, seq: 3, fault: 'changed' })
    await database.write(CASE_TABLES, (writer) => writer.remove(CASE_ENTRIES, ['case-1', 3]))
    expect((await open.verify()).log).toEqual({ intact: false, seq: 3, fault: 'broken' })
    await database.write(CASE_TABLES, async (writer) => {
      await writer.put(CASE_ENTRIES, third)
      await writer.put(CASE_FILES, { caseId: 'case-1', digest: face.digest, bytes: picture.slice(1) })
    })
    expect(await open.verify()).toMatchObject({ log: { intact: true }, files: [face.digest] })
    await expect(open.file(face.digest)).rejects.toMatchObject({ code: 'bad-project' })
    await database.write(CASE_TABLES, async (writer) => {
      await writer.remove(CASE_FILES, ['case-1', face.digest])
      await writer.remove(CASE_ENTRIES, ['case-1', 4])
    })
    expect(await open.verify()).toMatchObject({ log: { intact: false, seq: 4, fault: 'cut' } })
  })

  it('is open in one tab, and notices another that wrote where there are no locks', async () => {
    const { library } = await fresh()
    const { open } = await begun(library)
    await expect(openCase({ library, id: 'case-1', vault: null })).rejects.toMatchObject({ code: 'bad-request' })
    await open.close()
    const first = await openCase({ library: { ...library, lock: async () => () => undefined }, id: 'case-1', vault: null })
    const second = await openCase({ library: { ...library, lock: async () => () => undefined }, id: 'case-1', vault: null })
    await first.append('note', { about: null, words: 'first' })
    await expect(second.append('note', { about: null, words: 'second' })).rejects.toThrow(/another tab/)
  })

  it('is nowhere to be read once it has a pass phrase, and is as it was without it again', async () => {
    const { library, database } = await fresh()
    const { open, face } = await begun(library)
    const vault = await newVault('seven quiet herons', ROUNDS)
    await open.protect(vault)
    await open.append('note', { about: null, words: 'more secrets' })
    await open.close()
    const raw = await database.read(CASE_TABLES, async (rows) => [
      await rows.raw(CASES),
      await rows.raw(CASE_ENTRIES),
      await rows.raw(CASE_FILES),
    ])
    const text = textIn(raw)
    for (const secret of [WORDS, 'more secrets', 'Witness A', '12/2026', 'Mara']) expect(text).not.toContain(secret)
    const row = await library.get('case-1')
    if (!row?.hint) throw new Error('not encrypted')
    const again = await openCase({ library, id: 'case-1', vault: await openVault('seven quiet herons', row.hint) })
    expect(again.state.notes.map(({ words }) => words)).toEqual([WORDS, 'more secrets'])
    expect(await again.file(face.digest)).toEqual(picture)
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: 6 }, files: [] })
    await again.protect(null)
    expect(textIn(await library.entries('case-1'))).toContain(WORDS)
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: 7 }, files: [] })
  })

  it('seals what is entered while it is being encrypted, and takes the lock back where that fails', async () => {
    const { library, database } = await fresh()
    const { open } = await begun(library)
    const vault = await newVault('seven quiet herons', ROUNDS)
    const protecting = open.protect(vault)
    const notes = ['early secret', 'late secret'].map((words) => open.append('note', { about: null, words }))
    await Promise.all([protecting, ...notes])
    const text = textIn(await database.read(CASE_TABLES, async (rows) => [await rows.raw(CASES), await rows.raw(CASE_ENTRIES)]))
    for (const secret of ['early secret', 'late secret', '12/2026']) expect(text).not.toContain(secret)
    expect((await library.get('case-1'))?.hint).not.toBeNull()
    expect(await open.verify()).toMatchObject({ log: { intact: true } })
    // The disk is full in the middle of taking the lock off.
    const { rewrite } = library
    Object.assign(library, { rewrite: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) })
    await expect(open.protect(null)).rejects.toMatchObject({ name: 'QuotaExceededError' })
    Object.assign(library, { rewrite })
    await open.flush()
    expect(open.isEncrypted).toBe(true)
    const locks = open.entries.flatMap(({ kind, text: said }) => (kind === 'lock' ? [said] : []))
    expect(locks.map((said) => (JSON.parse(said) as { isOn: boolean }).isOn)).toEqual([true, false, true])
    expect(await open.verify()).toMatchObject({ log: { intact: true } })
  })

  it('leaves nothing when it is removed', async () => {
    const { library, database } = await fresh()
    const { open } = await begun(library)
    await open.flush()
    await library.remove('case-1')
    open.drop()
    for (const table of CASE_TABLES) expect(await database.read([table], (rows) => rows.raw(table))).toEqual([])
  })
})

/** Everything that can be read in rows, bytes too. */
function textIn(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value)
  if (Array.isArray(value)) return value.map(textIn).join('\n')
  return typeof value === 'object' && value !== null ? Object.values(value).map(textIn).join('\n') : String(value)
}
