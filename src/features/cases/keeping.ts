/** What becomes of a case as a whole: verified, exported, taken in, encrypted, printed, wiped. */

import { isCaseFile, MOST_BYTES, readCase, tooLarge, writeCase, writeLog } from '../../cases/caseArchive'
import { caseState } from '../../cases/caseState'
import { nextEntry } from '../../cases/chain'
import { filesOf } from '../../cases/entries'
import { newVault } from '../../cases/vault'
import { StudioError } from '../../shared/errors'
import type { CaseReport } from '../../storage/openCase'
import { sealedEntry, sealedFile } from '../../storage/sealedRows'
import type { DeskCore } from './deskCore'
import type { Sessions } from './sessions'

export const CASE_FILE_TYPE = '.facecase'

export interface Keeping {
  /** The whole log and every file, read anew. Entered in the log. */
  readonly verify: () => Promise<CaseReport | null>
  readonly exportLog: () => Promise<void>
  readonly exportCase: (phrase: string) => Promise<boolean>
  /** @returns whether the case is among the others now */
  readonly importCase: (file: Blob, phrase: string) => Promise<boolean>
  /** The rows on the disk are encrypted by this pass phrase from now on; `null`: no longer. */
  readonly protect: (phrase: string | null) => Promise<boolean>
  readonly recordPrint: (version: string | null) => void
  /** Log, pictures, drawings and everything else that is known of the case leave this machine. Resolves to what is still found afterwards: names of tables. */
  readonly wipe: (id: string) => Promise<readonly string[] | null>
}

export function createKeeping({ port, store, current, working, reload, closeCase }: DeskCore, sessions: Sessions): Keeping {
  const { library, page } = port
  return {
    verify: () =>
      working(async () => {
        const report = await current().verify()
        store.setState({ report })
        const { log } = report
        const isIntact = log.intact && report.files.length === 0
        // What was read, and not what has come since.
        const read = log.intact ? { entries: log.entries, digest: log.digest } : { entries: log.seq - 1, digest: '' }
        await current().append('verified', { ...read, intact: isIntact })
        return report
      }),
    exportLog: async () => {
      await working(async () => {
        const open = current()
        await open.append('exported', { what: 'log', encrypted: false, entries: open.entries.length })
        port.download(new Blob([writeLog(open.entries)], { type: 'application/json' }), `${nameOf(open.state.fields.number)}-log.json`)
      })
    },
    exportCase: async (phrase) =>
      (await working(async () => {
        const open = current()
        await open.append('exported', { what: 'case', encrypted: true, entries: open.entries.length })
        const files = new Map<string, Uint8Array<ArrayBuffer>>()
        for (const digest of filesOf(open.entries)) files.set(digest, await open.file(digest))
        const bytes = await writeCase({ id: open.id, entries: open.entries, files }, phrase)
        port.download(new Blob([bytes], { type: 'application/octet-stream' }), `${nameOf(open.state.fields.number)}${CASE_FILE_TYPE}`)
        return true
      })) ?? false,
    importCase: async (file, phrase) =>
      (await working(async () => {
        if (file.size > MOST_BYTES) throw tooLarge()
        const bytes = new Uint8Array(await file.arrayBuffer())
        if (!isCaseFile(bytes))
          throw new StudioError('bad-project', 'This file is no case of Face Studio. Encrypted cases end in .facecase.')
        const { id, files, ...read } = await readCase(bytes, phrase)
        if (await library.get(id))
          throw new StudioError(
            'bad-request',
            'This case is on this machine already. Wipe it first if the one in the file is to take its place.',
          )
        // It came sealed, and lies here sealed by the same pass phrase.
        const vault = await newVault(phrase)
        const imported = nextEntry(read.entries.at(-1) ?? null, port.now(), 'imported', { digest: read.entries.at(-1)?.digest ?? '' })
        const end = nextEntry(imported, port.now(), 'lock', { isOn: true })
        const entries = [...read.entries, imported, end]
        const { retainUntil } = caseState(entries)
        const at = port.now().getTime()
        const row = {
          id,
          createdAt: at,
          updatedAt: at,
          hint: vault.hint,
          retainUntil,
          sketchIds: [],
          name: null,
          seq: end.seq,
          digest: end.digest,
        }
        await library.append(
          {
            row,
            entries: await Promise.all(entries.map((entry) => sealedEntry(id, entry, vault))),
            files: await Promise.all([...files].map(([digest, content]) => sealedFile(id, { digest, bytes: content }, vault))),
          },
          null,
        )
        await reload()
        return true
      })) ?? false,
    protect: async (phrase) =>
      (await working(async () => {
        await current().protect(phrase === null ? null : await newVault(phrase))
        return true
      })) ?? false,
    recordPrint: (version) =>
      void current()
        .append('printed', { version })
        .catch(() => undefined),
    wipe: (id) =>
      working(async () => {
        const row = await library.get(id)
        const open = store.getState().open
        const sketches = [...new Set([...(row?.sketchIds ?? []), ...(open?.id === id ? open.state.sketches : [])])]
        if (open?.id === id || (await sessions.leftOpen()) === id) await sessions.abandon()
        if (open?.id === id) {
          if (sketches.includes(page.scene().document.id) && !(await page.startNew())) return null
          await closeCase()
        } else if (sketches.includes(page.scene().document.id) && !(await page.startNew())) return null
        await page.purge(sketches)
        await library.remove(id)
        store.setState({ locked: null })
        await reload()
        return await page.traces([id, ...sketches])
      }),
  }
}

/** For a file's name: a case number may hold what file systems do not take. */
const nameOf = (number: string): string => `case-${number.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'unnumbered'}`
