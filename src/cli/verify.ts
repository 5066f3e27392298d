/** `face-studio verify`: an exported log or an encrypted case → whether it is as it was written. */

import { faultInWords } from '../cases/caseArchive'
import { StudioError, toErrorReport } from '../shared/errors'
import type { VerifyCommand } from './caseCommands'
import { type CaseInput, type Environment, readCaseInput } from './caseInput'
import { InputError } from './files'
import { EXIT, type Terminal } from './terminal'

export async function verify(command: VerifyCommand, environment: Environment, terminal: Terminal): Promise<number> {
  const { file, json } = command
  let input: CaseInput
  try {
    input = await readCaseInput(file, environment, terminal)
  } catch (error) {
    const isExpected = error instanceof StudioError || error instanceof InputError
    if (!isExpected) throw error
    terminal.complain(`${file}: ${error.message}`)
    // Of a wrong pass phrase it is not known.
    if (json)
      terminal.line({
        file,
        intact: error instanceof StudioError && error.code === 'bad-project' ? false : null,
        error: toErrorReport(error),
      })
    return error instanceof InputError ? EXIT.noInput : EXIT.failed
  }
  return await told(input, command, terminal)
}

async function told({ entries, report, archive }: CaseInput, { file, digest, json }: VerifyCommand, terminal: Terminal): Promise<number> {
  const [first, last] = [entries.at(0), entries.at(-1)]
  const found = digest === null ? null : entries.find((entry) => entry.digest.startsWith(digest))
  const isKnown = found !== undefined
  const isIntact = report.intact && isKnown
  if (json) {
    const { intact: _intact, ...about } = { ...report, entries: entries.length, digest: last?.digest ?? null }
    terminal.line({
      file,
      intact: isIntact,
      ...about,
      ...(archive ? { files: archive.files.size } : {}),
      ...(digest ? { known: found?.seq ?? null } : {}),
    })
    return isIntact ? EXIT.ok : EXIT.failed
  }
  const what = report.intact ? (isKnown ? 'intact' : 'NOT the log that this digest is of') : `NOT intact: ${faultInWords(report)}`
  const lines = [
    what,
    `entries  ${entries.length}${first && last ? `, from ${first.at} to ${last.at}` : ''}`,
    ...(archive ? [`files    ${archive.files.size}`] : []),
    `digest   ${last?.digest ?? 'none'}`,
    ...(found ? [`known    up to entry ${found.seq}, of ${found.at}`] : []),
  ]
  await terminal.write(`${lines.join('\n')}\n`)
  return isIntact ? EXIT.ok : EXIT.failed
}
