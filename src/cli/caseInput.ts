/** A file of a case → what is in it: an exported log (JSON), or a whole case, encrypted (`.facecase`). */

import { type CaseArchive, isCaseFile, readCase, readLog } from '../cases/caseArchive'
import { type ChainReport, type Entry, verifyChain } from '../cases/chain'
import { readWhole } from './files'
import { passPhrase } from './passPhrase'
import type { Terminal } from './terminal'

/** As much as a case may have (`cases/caseArchive.ts`), and its header. */
const MOST_BYTES = 513 * 2 ** 20

export type Environment = Readonly<Record<string, string | undefined>>

export interface CaseInput {
  readonly entries: readonly Entry[]
  readonly report: ChainReport
  /** The case with its files; `null` for a log alone. */
  readonly archive: CaseArchive | null
}

/** Rejects with an `InputError` for a file that cannot be opened, and as `readLog` and `readCase` do. */
export async function readCaseInput(file: string, environment: Environment, terminal: Terminal): Promise<CaseInput> {
  const bytes = await readWhole(file, MOST_BYTES)
  if (!isCaseFile(bytes)) return { ...readLog(new TextDecoder().decode(bytes)), archive: null }
  const phrase = await passPhrase({ environment, stdin: terminal.stdin, ask: (question) => terminal.ask(question) })
  const archive = await readCase(new Uint8Array(bytes), phrase)
  return { entries: archive.entries, report: verifyChain(archive.entries), archive }
}
