import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { newVault, openVault, type Vault } from '../cases/vault'
import { entriesOf, RUN, rowsOf } from './caseRuns'
import { type CaseLibrary, caseLibrary } from './cases'
import { CASE_ENTRIES, CASE_TABLES } from './caseTables'
import type { Database } from './database'
import { openIndexedDatabase } from './indexedDatabase'
import { type OpenCase, openCase, startCase } from './openCase'
import { freshDatabaseName, lockTable } from './testing'

const PHRASE = 'seven quiet herons'

async function fresh(): Promise<{ library: CaseLibrary; database: Database }> {
  const database = await openIndexedDatabase(freshDatabaseName())
  return { library: caseLibrary(database, lockTable(), null), database }
}

const fill = async (open: OpenCase, count: number): Promise<void> => {
  await Promise.all(Array.from({ length: count }, (_, i) => open.append('note', { about: null, words: `word ${i}` })))
}
const rowsIn = (database: Database) => database.read([CASE_ENTRIES], (rows) => rows.all(CASE_ENTRIES, { prefix: ['case-1'] }))

async function begun(library: CaseLibrary, vault: Vault | null, count: number): Promise<OpenCase> {
  const open = await startCase({ library, id: 'case-1', vault })
  await open.append('created', { case: 'case-1', fields: { number: '12/2026' } })
  await fill(open, count - 1)
  return open
}

describe('a long log in the database', () => {
  it('lies in few rows, and is the log that was written', async () => {
    const { library, database } = await fresh()
    const open = await begun(library, null, 2 * RUN - 1)
    // Another entry a transaction, over the edge of a run.
    for (let i = 0; i < 5; i++) await open.append('note', { about: null, words: `late ${i}` })
    await open.close()
    expect((await rowsIn(database)).map(({ seq }) => seq)).toEqual([1, RUN + 1, 2 * RUN + 1, 2 * RUN + 2, 2 * RUN + 3, 2 * RUN + 4])
    const again = await openCase({ library, id: 'case-1', vault: null })
    expect(again.entries).toEqual(open.entries)
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: 2 * RUN + 4 }, files: [] })
    await again.append('note', { about: null, words: 'later' })
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: 2 * RUN + 5 } })
  })

  it('stays encrypted, entry by entry, when it gets and loses its pass phrase', async () => {
    const { library, database } = await fresh()
    const vault = await newVault(PHRASE, 1_000)
    const open = await begun(library, vault, RUN + 3)
    await open.close()
    expect(new TextDecoder('latin1').decode(bytesIn(await rowsIn(database)))).not.toContain('word')
    const again = await openCase({ library, id: 'case-1', vault: await openVault(PHRASE, vault.hint) })
    expect(again.entries).toEqual(open.entries)
    await again.protect(null)
    expect((await rowsIn(database)).map(({ body }) => typeof body)).toEqual(['object', 'string', 'string', 'string', 'string'])
    expect(await again.verify()).toMatchObject({ log: { intact: true, entries: RUN + 4 } })
  })

  it('names the one entry of a run that somebody changed or took out', async () => {
    const { library, database } = await fresh()
    const open = await begun(library, null, RUN + 2)
    const [run] = await rowsIn(database)
    if (!run || !Array.isArray(run.body)) throw new Error('no run')
    const bodies = run.body as string[]
    const put = (body: string[]) => database.write(CASE_TABLES, (rows) => rows.put(CASE_ENTRIES, { ...run, body }))
    await put(bodies.map((body, i) => (i === 40 ? body.replace('word', 'work') : body)))
    expect((await open.verify()).log).toEqual({ intact: false, seq: 41, fault: 'changed' })
    await put(bodies.filter((_, i) => i !== 40))
    expect((await open.verify()).log).toEqual({ intact: false, seq: 41, fault: 'broken' })
  })

  it('is left in single rows where one is missing, so that none takes another one’s place', async () => {
    const { library, database } = await fresh()
    const open = await begun(library, null, RUN - 1)
    await database.write(CASE_TABLES, (rows) => rows.remove(CASE_ENTRIES, ['case-1', 10]))
    await fill(open, 2)
    expect((await rowsIn(database)).length).toBe(RUN)
    expect((await open.verify()).log).toEqual({ intact: false, seq: 10, fault: 'broken' })
    const gap = (await library.entries('case-1')).slice(0, RUN)
    expect(entriesOf(rowsOf(gap))).toEqual(gap)
  })
})

function bytesIn(rows: readonly { readonly body: unknown }[]): Uint8Array {
  const bodies = rows.flatMap(({ body }) => body) as (string | Uint8Array)[]
  return Uint8Array.from(bodies.flatMap((body) => (typeof body === 'string' ? [...new TextEncoder().encode(body)] : [...body])))
}
