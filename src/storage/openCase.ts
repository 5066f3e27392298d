/**
 * A case that is open: entries are chained in the very task that makes them, and written one transaction after another. What has not been confirmed by the database is `unsaved`, and
 * the page says so; a failed write is tried again with the next, and nothing is dropped.
 */

import { type CaseState, caseState } from '../cases/caseState'
import { type ChainReport, type Entry, nextEntry, verifyChain } from '../cases/chain'
import { type EntryKind, filesOf, type Payload } from '../cases/entries'
import type { Vault } from '../cases/vault'
import { StudioError } from '../shared/errors'
import { sha256Hex } from '../shared/sha256'
import type { CaseFileRow, CaseRow } from './caseRows'
import type { CaseLibrary } from './cases'
import { type CaseFile, readEntries, sealedEntry, sealedFile } from './sealedRows'
import { toStorageError } from './storageError'

export interface CaseReport {
  readonly log: ChainReport
  /** Digests of files that are missing or are not what their digest says. */
  readonly files: readonly string[]
}

/** A power cut costs what was entered within about this time. */
const SETTLE_MS = 500
/** A write that failed is tried again after this long, if nothing else writes before. */
const RETRY_MS = 2_000

interface Waiting {
  readonly entry: Entry
  readonly files: readonly CaseFile[]
}

export class OpenCase {
  readonly id: string
  private readonly library: CaseLibrary
  private readonly letGo: () => void
  private readonly now: () => Date
  private vault: Vault | null
  private row: CaseRow | null
  private known: Entry[]
  private folded: CaseState
  private waiting: Waiting[] = []
  private writing: Promise<void> | null = null
  private failure: StudioError | null = null
  private retry: ReturnType<typeof setTimeout> | undefined
  private settling: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  constructor(parts: {
    readonly library: CaseLibrary
    readonly row: CaseRow | null
    readonly id: string
    readonly entries: readonly Entry[]
    readonly vault: Vault | null
    readonly letGo: () => void
    readonly now: () => Date
  }) {
    this.library = parts.library
    this.id = parts.id
    this.row = parts.row
    this.vault = parts.vault
    this.letGo = parts.letGo
    this.now = parts.now
    this.known = [...parts.entries]
    this.folded = caseState(this.known)
  }

  /** All entries, those included that are on their way to the disk. A new list with every entry. */
  get entries(): readonly Entry[] {
    return this.known
  }

  get state(): CaseState {
    return this.folded
  }

  get isEncrypted(): boolean {
    return this.vault !== null
  }

  /** Entries that the database has not confirmed. */
  get unsaved(): number {
    return this.waiting.length
  }

  /** Why the last write failed; `null` while all is well. */
  get error(): StudioError | null {
    return this.failure
  }

  /** Told of every entry and of every change of what is saved. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * In the log at once, on the disk when the promise resolves. Rejects when it could not be written; it stays in the log of this page and is tried again.
   * @param files that the entry names by their digests
   */
  append<K extends EntryKind>(kind: K, payload: Payload<K>, files: readonly CaseFile[] = []): Promise<Entry> {
    const entry = nextEntry(this.known.at(-1) ?? null, this.now(), kind, payload)
    this.take(entry)
    this.waiting.push({ entry, files })
    const written = this.flush().then(() => entry)
    this.tell()
    return written
  }

  private take(entry: Entry): void {
    this.known = [...this.known, entry]
    this.folded = caseState([entry], this.folded)
  }

  /** Resolves when everything is on the disk. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      this.writing ??= this.write().finally(() => {
        this.writing = null
      })
      await this.writing
    }
  }

  /** Rejects with `bad-project` where it is missing or was changed. */
  async file(digest: string): Promise<Uint8Array<ArrayBuffer>> {
    const waiting = this.waiting.flatMap(({ files }) => files).find((file) => file.digest === digest)
    if (waiting) return waiting.bytes
    const bytes = await this.opened(await this.library.file(this.id, digest))
    if (sha256Hex(bytes) !== digest)
      throw new StudioError('bad-project', 'A picture of this case was changed after it was kept. Verify the case.')
    return bytes
  }

  /** The whole log and every file, read anew from the disk. */
  async verify(): Promise<CaseReport> {
    await this.flush()
    const row = await this.library.get(this.id)
    const entries = await readEntries(await this.library.entries(this.id), this.vault)
    const log = verifyChain(entries, row ?? undefined)
    const files = await this.library.files(this.id)
    const intact = new Set<string>()
    for (const file of files) {
      const bytes = await this.opened(file).catch(() => null)
      if (bytes && sha256Hex(bytes) === file.digest) intact.add(file.digest)
    }
    const named = new Set([...files.map(({ digest }) => digest), ...filesOf(entries)])
    return { log, files: [...named].filter((digest) => !intact.has(digest)) }
  }

  /** The whole case is written anew, encrypted by the vault, or plainly for `null`. */
  async protect(vault: Vault | null): Promise<void> {
    while (this.writing || this.waiting.length > 0) await (this.writing ?? this.flush())
    const rewriting = this.rewrite(vault)
    // What is entered meanwhile waits, and is sealed as the rest is then.
    this.writing = rewriting
      .catch(() => undefined)
      .finally(() => {
        this.writing = null
      })
    await rewriting
    await this.flush()
  }

  private async rewrite(vault: Vault | null): Promise<void> {
    const follows = this.row?.seq ?? 0
    const entry = nextEntry(this.known.at(-1) ?? null, this.now(), 'lock', { isOn: vault !== null })
    this.take(entry)
    const all = this.known
    try {
      await this.writeAnew(all, vault, follows)
    } catch (error) {
      // It stands in the chain already: it is written with the next, and taken back by the one after.
      this.waiting.unshift({ entry, files: [] })
      this.append('lock', { isOn: this.vault !== null }).catch(() => undefined)
      throw error
    }
    this.vault = vault
    this.tell()
  }

  private async writeAnew(all: readonly Entry[], vault: Vault | null, follows: number): Promise<void> {
    const files = await Promise.all((await this.library.files(this.id)).map(async (file) => ({ ...file, bytes: await this.opened(file) })))
    const row = this.rowAfter(all, vault)
    const write = {
      row,
      entries: await Promise.all(all.map((entry) => sealedEntry(this.id, entry, vault))),
      files: await Promise.all(files.map((file) => sealedFile(this.id, file, vault))),
    }
    await this.library.rewrite(write, follows)
    this.row = row
  }

  /** Waits for what is on its way, and lets other tabs have the case. */
  async close(): Promise<void> {
    await this.flush().catch(() => undefined)
    await this.library.settle(this.id).catch(() => undefined)
    this.drop()
  }

  /** After the case was deleted. */
  drop(): void {
    clearTimeout(this.retry)
    clearTimeout(this.settling)
    this.waiting = []
    this.listeners.clear()
    this.letGo()
  }

  private async write(): Promise<void> {
    const batch = [...this.waiting]
    const last = batch.at(-1)
    if (!last) return
    clearTimeout(this.retry)
    try {
      const follows = this.row?.seq ?? null
      const row = this.rowAfter(this.known.slice(0, last.entry.seq), this.vault)
      await this.library.append(
        {
          row,
          entries: await Promise.all(batch.map(({ entry }) => sealedEntry(this.id, entry, this.vault))),
          files: await Promise.all(batch.flatMap(({ files }) => files.map((file) => sealedFile(this.id, file, this.vault)))),
        },
        follows,
      )
      this.row = row
      this.waiting.splice(0, batch.length)
      this.failure = null
      this.settling ??= setTimeout(() => this.settle(), SETTLE_MS)
      this.tell()
    } catch (error) {
      this.failure = toStorageError(error, 'write')
      this.retry = setTimeout(() => void this.flush().catch(() => undefined), RETRY_MS)
      this.tell()
      throw this.failure
    }
  }

  private settle(): void {
    this.settling = undefined
    // It is on its way to the disk in any case; a failure shows with the next write.
    this.library.settle(this.id).catch(() => undefined)
  }

  private rowAfter(entries: readonly Entry[], vault: Vault | null): CaseRow {
    const { fields, retainUntil, sketches } = this.folded
    const at = this.now().getTime()
    const last = entries.at(-1)
    return {
      id: this.id,
      createdAt: this.row?.createdAt ?? at,
      updatedAt: at,
      name: vault ? null : { number: fields.number, title: fields.title },
      retainUntil,
      sketchIds: sketches,
      hint: vault?.hint ?? null,
      seq: last?.seq ?? 0,
      digest: last?.digest ?? '',
    }
  }

  private async opened({ digest, bytes }: CaseFileRow): Promise<Uint8Array<ArrayBuffer>> {
    return this.vault ? await this.vault.open(bytes, `${this.id}/${digest}`) : bytes
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

interface Opening {
  readonly library: CaseLibrary
  readonly id: string
  /** Asked for a case that is encrypted. */
  readonly vault: Vault | null
  readonly now?: () => Date
}

/** Rejects with `bad-request` while another tab has it open, or when it is gone. */
export async function openCase({ library, id, vault, now = () => new Date() }: Opening): Promise<OpenCase> {
  const letGo = await library.lock(id)
  if (!letGo) throw new StudioError('bad-request', 'This case is open in another tab. Close it there first.')
  try {
    const row = await library.get(id)
    if (!row) throw new StudioError('bad-request', 'This case is not on this machine any more.')
    const entries = await readEntries(await library.entries(id), vault)
    return new OpenCase({ library, row, id, entries, vault, letGo, now })
  } catch (error) {
    letGo()
    throw error
  }
}

/** A case that is not in the database until its first entry is. */
export async function startCase({ library, id, vault, now = () => new Date() }: Opening): Promise<OpenCase> {
  const letGo = (await library.lock(id)) ?? (() => undefined)
  return new OpenCase({ library, row: null, id, entries: [], vault, letGo, now })
}
