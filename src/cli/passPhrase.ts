/** The pass phrase of an encrypted case: from the environment, or typed at the terminal, where it is not shown. Never an argument, which would stay in the shell's history. */

import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Writable } from 'node:stream'
import { StudioError } from '../shared/errors'
import { UsageError } from './usageError'

export const PASS_PHRASE_VARIABLE = 'FACE_STUDIO_PASSPHRASE'

interface Asked {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Shows the question: standard output belongs to the results. */
  readonly ask: (question: string) => void
}

/** Rejects with a `UsageError` where there is neither the variable nor a terminal. */
export async function passPhrase({ environment, stdin, ask }: Asked): Promise<string> {
  const known = environment[PASS_PHRASE_VARIABLE]
  if (known) return known
  if (!stdin.isTTY)
    throw new UsageError(
      `this case is encrypted; put its pass phrase into ${PASS_PHRASE_VARIABLE}, or run this at a terminal, which asks for it`,
    )
  ask('Pass phrase: ')
  const typed = await lineFrom(stdin)
  ask('\n')
  if (!typed) throw new StudioError('bad-request', 'no pass phrase was given')
  return typed
}

/** @returns `null` when it was left with Ctrl-C or Ctrl-D */
function lineFrom(stdin: Readable): Promise<string | null> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 })
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line)
      lines.close()
    })
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => resolve(null))
  })
}
