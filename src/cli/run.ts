/** The command `face-studio`: arguments → exit status. `bin/face-studio.mjs` builds and calls this. */

import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { toErrorReport } from '../shared/errors'
import { type Command, HELP, parseCommand } from './arguments'
import type { Environment } from './caseInput'
import { contour } from './contour'
import { generate } from './generate'
import { listModels } from './models'
import { picture } from './picture'
import { reproduce } from './reproduce'
import { EXIT, Terminal } from './terminal'
import { UsageError } from './usageError'
import { verify } from './verify'

interface Surroundings {
  /** Folder of the package: where `public/models` lies. */
  root: string
  version: string
  environment: Environment
  stdin: Readable
  stdout: Writable
  stderr: Writable
}

export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const terminal = new Terminal(surroundings)
  try {
    return await execute(parseCommand(args), surroundings, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.complain(`${error.message}\nTry "face-studio --help".`)
      return EXIT.usage
    }
    terminal.complain(toErrorReport(error).message)
    return EXIT.failed
  }
}

async function execute(command: Command, { root, version, environment }: Surroundings, terminal: Terminal): Promise<number> {
  const shipped = path.join(root, 'public', 'models')
  switch (command.kind) {
    case 'help':
      await terminal.write(HELP)
      return EXIT.ok
    case 'version':
      await terminal.write(`face-studio ${version}\n`)
      return EXIT.ok
    case 'models':
      return listModels(command.models ?? shipped, command.json, terminal)
    case 'contour':
      return contour(command, terminal)
    case 'picture':
      return picture({ ...command, models: command.models ?? shipped }, terminal)
    case 'verify':
      return verify(command, environment, terminal)
    case 'reproduce':
      return reproduce({ ...command, models: command.models ?? shipped }, environment, terminal)
    case 'generate':
      return generate({ ...command, models: command.models ?? shipped }, terminal)
  }
}
