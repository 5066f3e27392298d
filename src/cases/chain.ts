/**
 * The log of a case as a chain: every entry carries the digest of the one before it, so that whoever changes, removes or reorders one breaks every digest after
 * it (Haber and Stornetta 1991). What a digest covers is plain text that any other program can put together:
 *
 *     SHA-256( previous + "\n" + seq + "\n" + at + "\n" + kind + "\n" + text )        in UTF-8; digests as 64 hexadecimal digits, the first `previous` is 64 zeros
 *
 * A chain cannot tell that its end was cut off: that shows against a digest that was kept elsewhere (the case's own row, a printed sheet).
 */

import { sha256Hex } from '../shared/sha256'

export interface Entry {
  /** From 1, without gaps. */
  readonly seq: number
  /** UTC, ISO 8601 with milliseconds, by the clock of this machine. */
  readonly at: string
  readonly kind: string
  /** JSON, to the letter as it was digested. */
  readonly text: string
  readonly previous: string
  readonly digest: string
}

export const NO_ENTRY = '0'.repeat(64)

export function digestOf({ previous, seq, at, kind, text }: Omit<Entry, 'digest'>): string {
  return sha256Hex(`${previous}\n${seq}\n${at}\n${kind}\n${text}`)
}

/** The entry that follows `last` (`null`: the first one). */
export function nextEntry(last: Entry | null, at: Date, kind: string, payload: unknown): Entry {
  const open = {
    seq: (last?.seq ?? 0) + 1,
    at: at.toISOString(),
    kind,
    text: JSON.stringify(payload),
    previous: last?.digest ?? NO_ENTRY,
  }
  return { ...open, digest: digestOf(open) }
}

/** What the end of a log must be. */
export interface ChainEnd {
  readonly seq: number
  readonly digest: string
}

export type ChainFault =
  /** Its digest is not that of what it says. */
  | 'changed'
  /** It does not follow the one before it: something was taken out, put in or moved. */
  | 'broken'
  /** The log ends before it should. */
  | 'cut'

export type ChainReport =
  | { readonly intact: true; readonly entries: number; readonly digest: string }
  | { readonly intact: false; readonly seq: number; readonly fault: ChainFault }

/** @param end what the log is known to end with; missing: its end cannot be judged */
export function verifyChain(entries: readonly Entry[], end?: ChainEnd): ChainReport {
  let previous = NO_ENTRY
  for (const [i, entry] of entries.entries()) {
    const seq = i + 1
    if (entry.seq !== seq || entry.previous !== previous) return { intact: false, seq, fault: 'broken' }
    if (digestOf(entry) !== entry.digest) return { intact: false, seq, fault: 'changed' }
    previous = entry.digest
  }
  if (end && end.seq > entries.length) return { intact: false, seq: entries.length + 1, fault: 'cut' }
  const atEnd = end && end.seq > 0 ? entries[end.seq - 1]?.digest : null
  if (end && atEnd && atEnd !== end.digest) return { intact: false, seq: end.seq, fault: 'changed' }
  return { intact: true, entries: entries.length, digest: previous }
}
