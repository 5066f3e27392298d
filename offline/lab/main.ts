/** The lab's command: draws its groups, and measures what docs/lab.md says. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readDrawings, writeDrawings } from '../../src/lab/drawingSet'
import { drawGroups } from './drawings/groups'
import { measureModels } from './measure'
import { labReport } from './report'

export const DRAWINGS_FILE = 'public/lab/drawings.json'
const REPORT_FILE = 'docs/lab.md'

const USAGE = `Usage: npm run lab -- draw       write the groups of drawings, ${DRAWINGS_FILE}
       npm run lab -- measure    measure what every model's encoder makes of them, ${REPORT_FILE}`

/** @returns the exit code */
export async function main(argv: readonly string[], root: string): Promise<number> {
  const [command] = argv
  if (command === 'draw') {
    writeFileSync(path.join(root, DRAWINGS_FILE), drawingsText())
    return 0
  }
  if (command === 'measure') {
    const groups = readDrawings(JSON.parse(readFileSync(path.join(root, DRAWINGS_FILE), 'utf8')))
    const models = await measureModels(root, groups, console.log)
    const report = labReport(
      models,
      groups.map(({ id }) => id),
    )
    writeFileSync(path.join(root, REPORT_FILE), report)
    return 0
  }
  console.log(USAGE)
  return command === '--help' ? 0 : 2
}

/** One line of the file a line or group of drawings, so that a change shows where it is. */
export function drawingsText(): string {
  const { version, groups, lines } = writeDrawings(drawGroups())
  const rows = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(',\n')
  return `{"version":${version},\n"groups":[\n${rows(groups)}],\n"lines":[\n${rows(lines)}]}\n`
}
