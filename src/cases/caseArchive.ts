/**
 * A case as one encrypted file, and its log as a plain one. The file: a line of JSON (how it was encrypted, and a sum over the rest), and what was encrypted: a zip with `case.json`,
 * `log.json` and the files by their digests. Whether a pass phrase is wrong, the file was damaged, or the case in it was changed, is told apart.
 */

import { strFromU8, strToU8, type Unzipped, unzipSync, zipSync } from 'fflate'
import * as v from 'valibot'
import { StudioError } from '../shared/errors'
import { sha256Hex } from '../shared/sha256'
import { type ChainEnd, type ChainReport, type Entry, verifyChain } from './chain'
import { filesOf } from './entries'
import { newVault, openVault, ROUNDS } from './vault'

export const CASE_FORMAT = 'face-studio-case'
export const LOG_FORMAT = 'face-studio-log'
/** Of an encrypted case, and of what is in it. */
/** Of a case file, and of what is in it. */
export const MOST_BYTES = 512 * 2 ** 20
const LINE_END = 10
const MOST_HEADER_BYTES = 4096
const ABOUT = `${CASE_FORMAT} 1`

export interface CaseArchive {
  readonly id: string
  readonly entries: readonly Entry[]
  /** By digest. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

const entry: v.GenericSchema<unknown, Entry> = v.object({
  seq: v.number(),
  at: v.string(),
  kind: v.string(),
  text: v.string(),
  previous: v.string(),
  digest: v.string(),
})
const end: v.GenericSchema<unknown, ChainEnd> = v.object({ seq: v.number(), digest: v.string() })
const logSchema = v.object({ format: v.literal(LOG_FORMAT), version: v.literal(1), end, entries: v.array(entry) })
const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})+$/))
const headerSchema = v.object({
  format: v.literal(CASE_FORMAT),
  version: v.literal(1),
  cipher: v.literal('AES-256-GCM'),
  derivation: v.literal('PBKDF2-HMAC-SHA-256'),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  salt: hex,
  check: hex,
  sum: hex,
})
type Header = v.InferOutput<typeof headerSchema>

// -- the log ---------------------------------------------------------------------------------------------------------------------

/** JSON that any program can check: how is written in it. */
export function writeLog(entries: readonly Entry[]): string {
  const last = entries.at(-1)
  const how =
    'digest = SHA-256 of previous + "\\n" + seq + "\\n" + at + "\\n" + kind + "\\n" + text, in UTF-8, as hexadecimal digits; the first previous is 64 zeros'
  const log = { format: LOG_FORMAT, version: 1, how, end: { seq: last?.seq ?? 0, digest: last?.digest ?? '' } }
  return `${JSON.stringify({ ...log, entries }, null, 1)}\n`
}

/** @throws StudioError `bad-project` for a file that is no log; a log that was changed is read, and `report` says where */
export function readLog(text: string): { readonly entries: readonly Entry[]; readonly report: ChainReport } {
  const log = v.safeParse(logSchema, jsonOf(text))
  if (!log.success)
    throw new StudioError('bad-project', 'This file is no log of a case. A log is a JSON file that was exported from a case.')
  const { entries, end } = log.output
  const report = verifyChain(entries, end)
  // A file says how many it has: with more of them its end is not the end.
  const isLonger = report.intact && end.seq < entries.length
  return { entries, report: isLonger ? { intact: false, seq: end.seq + 1, fault: 'broken' } : report }
}

// -- the case --------------------------------------------------------------------------------------------------------------------

/** @param rounds fewer only in tests */
export async function writeCase({ id, entries, files }: CaseArchive, phrase: string, rounds = ROUNDS): Promise<Uint8Array<ArrayBuffer>> {
  const vault = await newVault(phrase, rounds)
  const about = { format: CASE_FORMAT, version: 1, id }
  const named = Object.fromEntries([...files].map(([digest, bytes]) => [`files/${digest}`, bytes]))
  const zip = zipSync({ 'case.json': strToU8(JSON.stringify(about)), 'log.json': strToU8(writeLog(entries)), ...named }, { level: 6 })
  const sealed = await vault.seal(new Uint8Array(zip), ABOUT)
  const open: Omit<Header, 'sum'> = {
    format: CASE_FORMAT,
    version: 1,
    cipher: 'AES-256-GCM',
    derivation: 'PBKDF2-HMAC-SHA-256',
    rounds: vault.hint.rounds,
    salt: hexOf(vault.hint.salt),
    check: hexOf(vault.hint.check),
  }
  const header = strToU8(`${JSON.stringify({ ...open, sum: sumOf(open, sealed) })}\n`)
  const whole = new Uint8Array(header.length + sealed.length)
  whole.set(header)
  whole.set(sealed, header.length)
  return whole
}

export const tooLarge = (): StudioError => new StudioError('file-too-large', 'This file is larger than any case. Choose another one.')

/** Whether a file begins as an encrypted case does. */
export function isCaseFile(bytes: Uint8Array): boolean {
  return headerOf(bytes) !== null
}

/**
 * Rejects with `bad-request` for a wrong pass phrase, and with `bad-project` for a file that is no case, that was damaged, or whose case was changed before it was
 * encrypted: the sentence says which, and where.
 */
export async function readCase(bytes: Uint8Array<ArrayBuffer>, phrase: string): Promise<CaseArchive> {
  if (bytes.length > MOST_BYTES) throw tooLarge()
  const found = headerOf(bytes)
  if (!found) throw new StudioError('bad-project', 'This file is no case of Face Studio. Encrypted cases end in .facecase.')
  const { header, length } = found
  const sealed = bytes.slice(length)
  if (header.sum !== sumOf(header, sealed))
    throw new StudioError(
      'bad-project',
      'This file was changed or damaged after it was exported: its sum is wrong. Use another copy of it.',
    )
  const vault = await openVault(phrase, { salt: bytesOf(header.salt), rounds: header.rounds, check: bytesOf(header.check) })
  return checked(unzipped(await vault.open(sealed, ABOUT)))
}

function checked(zip: Unzipped): CaseArchive {
  const about = v.safeParse(
    v.object({ format: v.literal(CASE_FORMAT), version: v.literal(1), id: v.string() }),
    jsonOf(textOf(zip['case.json'])),
  )
  if (!about.success)
    throw new StudioError('bad-project', 'The case in this file was made by a newer version of the studio, or is incomplete.')
  const { entries, report } = readLog(textOf(zip['log.json']))
  if (!report.intact)
    throw new StudioError('bad-project', `The log in this file is not as it was: ${faultInWords(report)}. Use another copy of the case.`)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [name, bytes] of Object.entries(zip)) {
    const digest = /^files\/([0-9a-f]{64})$/.exec(name)?.[1]
    if (!digest) continue
    if (sha256Hex(bytes) !== digest)
      throw new StudioError(
        'bad-project',
        `A picture in this file is not as it was (${digest.slice(0, 12)}…). Use another copy of the case.`,
      )
    files.set(digest, new Uint8Array(bytes))
  }
  const missing = filesOf(entries).find((digest) => !files.has(digest))
  if (missing)
    throw new StudioError('bad-project', `A picture is missing in this file (${missing.slice(0, 12)}…). Use another copy of the case.`)
  return { id: about.output.id, entries, files }
}

export function faultInWords({ seq, fault }: Extract<ChainReport, { intact: false }>): string {
  const words = {
    changed: `entry ${seq} was changed`,
    broken: `before entry ${seq} something was taken out, put in or moved`,
    cut: `it ends before entry ${seq}`,
  }
  return words[fault]
}

// -- bytes -----------------------------------------------------------------------------------------------------------------------

/** Over the head too: a changed salt is not taken for a wrong pass phrase. */
function sumOf({ rounds, salt, check }: Pick<Header, 'rounds' | 'salt' | 'check'>, sealed: Uint8Array): string {
  return sha256Hex(`${ABOUT}\n${rounds}\n${salt}\n${check}\n${sha256Hex(sealed)}`)
}

function headerOf(bytes: Uint8Array): { readonly header: Header; readonly length: number } | null {
  const lineEnd = bytes.subarray(0, MOST_HEADER_BYTES).indexOf(LINE_END)
  if (lineEnd < 0) return null
  const header = v.safeParse(headerSchema, jsonOf(strFromU8(bytes.subarray(0, lineEnd))))
  return header.success ? { header: header.output, length: lineEnd + 1 } : null
}

function unzipped(bytes: Uint8Array): Unzipped {
  let total = 0
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize
        return total <= MOST_BYTES
      },
    })
  } catch {
    throw new StudioError('bad-project', 'What is in this file cannot be read. Use another copy of it.')
  }
}

const textOf = (bytes: Uint8Array | undefined): string => (bytes ? strFromU8(bytes) : '')

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
