/**
 * The folder that is written, in the layout of `faces/`, with a report of every photo. Everything is appended in the order in which photos were done, a
 * face's pictures before its row and its row before its line in the report, so that an interrupted run goes on where it stopped.
 */

import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { extendSplit, readSplit, type Split } from '../node/split'
import type { Settings } from './options'
import type { Reason } from './prepareFace'

/** A row of `faces.jsonl`. */
export interface FaceRow {
  name: string
  landmarks68: number[][]
  yaw: number
  pitch: number
  /** Nothing that cannot be measured is claimed; colours are measured when the folder is packed. Add what you know (see pipeline/README.md). */
  attributes: Record<string, never>
}

/** A line of `report.jsonl`. */
export interface ReportLine {
  file: string
  sha256: string
  /** The face's name; `null` when the photo was skipped. */
  name: string | null
  reason: Reason | null
  detail: string
}

export interface FaceFolder {
  folder: string
  /** All lines so far. */
  report: readonly ReportLine[]
  add(line: ReportLine, row: FaceRow | null): void
  /** Brings `split.json` up to date. */
  finish(): Split
}

/** Opens a folder, new or begun. @throws Error when it was begun with other settings or another detector */
export function openFaceFolder(folder: string, settings: Settings & { detector: string }): FaceFolder {
  const at = (name: string) => path.join(folder, name)
  for (const part of ['photo', 'mask']) mkdirSync(at(part), { recursive: true })
  holdSettings(at('settings.json'), settings)
  const report = readLines<ReportLine>(at('report.jsonl'))
  const names = new Set(readLines<FaceRow>(at('faces.jsonl')).map(({ name }) => name))
  return {
    folder,
    report,
    add(line, row) {
      if (row && !names.has(row.name)) appendLine(at('faces.jsonl'), row)
      if (row) names.add(row.name)
      appendLine(at('report.jsonl'), line)
      report.push(line)
    },
    finish() {
      const split = readSplit(at('split.json'))
      const extended = extendSplit(
        split,
        readLines<FaceRow>(at('faces.jsonl')).map(({ name }) => name),
      )
      replaceFile(at('split.json'), `${JSON.stringify(extended, null, 1)}\n`)
      return extended
    },
  }
}

function holdSettings(file: string, settings: object): void {
  const text = `${JSON.stringify({ version: 1, ...settings }, null, 2)}\n`
  if (!existsSync(file)) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    throw new Error(`${path.dirname(file)} was begun with other settings (settings.json); use the same ones or another folder.`)
  }
}

const appendLine = (file: string, value: object): void => appendFileSync(file, `${JSON.stringify(value)}\n`)

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

/** Lines of a JSON Lines file; half a line, left by an interruption, is cut off. */
function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) truncateSync(file, end)
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
