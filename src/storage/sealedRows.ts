/** Entries and files of a case as rows of the database, sealed by the case's vault where it has one. */

import type { Entry } from '../cases/chain'
import type { Vault } from '../cases/vault'
import { sha256Hex } from '../shared/sha256'
import type { CaseEntryRow, CaseFileRow } from './caseRows'

/** By the digest of what it holds. */
export interface CaseFile {
  readonly digest: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export const caseFile = (bytes: Uint8Array<ArrayBuffer>): CaseFile => ({ digest: sha256Hex(bytes), bytes })

export async function sealedEntry(caseId: string, entry: Entry, vault: Vault | null): Promise<CaseEntryRow> {
  const body = JSON.stringify(entry)
  return { caseId, seq: entry.seq, body: vault ? await vault.seal(new TextEncoder().encode(body), `${caseId}/${entry.seq}`) : body }
}

export async function sealedFile(caseId: string, { digest, bytes }: CaseFile, vault: Vault | null): Promise<CaseFileRow> {
  return { caseId, digest, bytes: vault ? await vault.seal(bytes, `${caseId}/${digest}`) : bytes }
}

/** Entries as they were written. One that cannot be read takes the place of a gap, which verifying finds. */
export async function readEntries(rows: readonly CaseEntryRow[], vault: Vault | null): Promise<Entry[]> {
  const decoder = new TextDecoder()
  const texts = await Promise.all(
    rows.map(async ({ caseId, seq, body }) => {
      if (typeof body === 'string') return body
      return vault
        ? await vault.open(body, `${caseId}/${seq}`).then(
            (plain) => decoder.decode(plain),
            () => '',
          )
        : ''
    }),
  )
  return texts.map((text, i) => readEntry(text) ?? { seq: rows[i]?.seq ?? 0, at: '', kind: '', text: '', previous: '', digest: '' })
}

function readEntry(text: string): Entry | null {
  try {
    const raw = JSON.parse(text) as Partial<Entry>
    const { seq, at, kind, text: said, previous, digest } = raw
    const isWhole = typeof seq === 'number' && [at, kind, said, previous, digest].every((each) => typeof each === 'string')
    return isWhole ? ({ seq, at, kind, text: said, previous, digest } as Entry) : null
  } catch {
    return null
  }
}
