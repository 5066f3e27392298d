/** `face-studio verify` and `reproduce` as they are asked for. `--version` names a version of a case here, so that they read their own options. */

import { parseArgs } from 'node:util'
import type { Backend } from '../workers/protocol'
import { UsageError } from './usageError'

export interface VerifyCommand {
  readonly file: string
  /** What a printed sheet or another person says the log ended with at that time; its beginning is enough. */
  readonly digest: string | null
  readonly json: boolean
}

export interface ReproduceCommand {
  readonly file: string
  /** Name or id of the versions; null is all of them. */
  readonly version: string | null
  /** Null is the one that each face was kept on where this platform has it, else wasm. */
  readonly backend: Backend | null
  readonly models: string | null
  readonly outputFolder: string | null
  readonly json: boolean
}

export type CaseCommand =
  | { readonly kind: 'help' }
  | ({ readonly kind: 'verify' } & VerifyCommand)
  | ({ readonly kind: 'reproduce' } & ReproduceCommand)

export const CASE_COMMANDS = ['verify', 'reproduce'] as const
type CaseCommandName = (typeof CASE_COMMANDS)[number]

/** As many digits as nobody finds another log for by trying. */
const LEAST_DIGITS = 32

const OPTIONS = {
  version: { type: 'string' },
  digest: { type: 'string' },
  backend: { type: 'string' },
  models: { type: 'string' },
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Which of the two a command line asks for, wherever its options stand. */
export function caseCommandOf(args: readonly string[]): CaseCommandName | null {
  const first = args.find((arg) => !arg.startsWith('-'))
  return CASE_COMMANDS.find((name) => name === first) ?? null
}

export function parseCaseCommand(name: CaseCommandName, args: readonly string[]): CaseCommand {
  const { values, positionals } = parse(args)
  if (values.help) return { kind: 'help' }
  const [, file, ...more] = positionals
  if (file === undefined) throw new UsageError(`${name} needs an exported log or a case (.facecase)`)
  if (more.length > 0) throw new UsageError(`${name} takes one file`)
  const { json } = values
  if (name === 'verify') {
    refuse(name, { version: values.version, backend: values.backend, models: values.models, out: values.out })
    return { kind: name, file, digest: digestOf(values.digest), json }
  }
  refuse(name, { digest: values.digest })
  const { version = null, models = null, out: outputFolder = null } = values
  return { kind: name, file, version, backend: backendOf(values.backend), models, outputFolder, json }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function refuse(name: string, options: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(options).find((option) => options[option] !== undefined)
  if (given !== undefined) throw new UsageError(`${name} has no option --${given}`)
}

/** As it was typed from paper: in groups, in capitals. */
function digestOf(text: string | undefined): string | null {
  if (text === undefined) return null
  const digits = text.replace(/[\s.…-]/g, '').toLowerCase()
  if (!/^[0-9a-f]*$/.test(digits) || digits.length < LEAST_DIGITS || digits.length > 64)
    throw new UsageError(`--digest takes the 64 hexadecimal digits of a log's end, or at least the first ${LEAST_DIGITS}`)
  return digits
}

export function backendOf(name: string | undefined): Backend | null {
  if (name === undefined) return null
  if (name !== 'wasm' && name !== 'cpu') throw new UsageError(`--backend must be wasm or cpu, not "${name}"`)
  return name
}
