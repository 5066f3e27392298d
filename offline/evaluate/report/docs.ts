/** Writes the evaluation as a document: `docs/evaluation.md` with its tables and `docs/evaluation/*.jpg`, from the stored figures and sheets alone. */

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RgbaImage } from '../../../src/shared/image'
import { spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { MEASURES } from '../measures'
import type { Measure } from '../measures/measure'
import type { Evaluation, StoredModel } from './evaluation'
import { cellsOf, contactSheet, jpegBelow } from './sheets'
import { markdownTable, tableOf } from './table'
import { targetTable } from './targets'

const MAX_SHEET_BYTES = 300_000
const SHEET_ROWS = 8
const OWN_SHEET_ROWS = 6
const SHEET_CELL_PX = 136
/** Sheets whose rows are the same sketches for every model: one sheet shows all models side by side. */
const SIDE_BY_SIDE = ['faithful', 'halfDrawn', 'doodles']
/** The same, turned: sketches in a row, below them every model's faces, and so many of them side by side. */
const ABOVE_FACES = ['byHand']
const PICTURES_A_ROW = 7
/** The others have one sheet a model, for so many models. */
const OWN_SHEETS = ['live', 'fine']

export function writeDocs(evaluation: Evaluation, sheetsFolder: string, docsFolder: string, order: readonly string[]): void {
  const models = [...evaluation.models].sort((a, b) => rank(order, a.id) - rank(order, b.id))
  const pictures = path.join(docsFolder, 'evaluation')
  rmSync(pictures, { recursive: true, force: true })
  mkdirSync(pictures, { recursive: true })
  const sections = MEASURES.filter(({ id }) => models.some(({ measures }) => measures[id])).map((measure) =>
    section(measure, models, writeSheets(measure, models, sheetsFolder, pictures)),
  )
  writeFileSync(path.join(docsFolder, 'evaluation.md'), [...head(models), ...sections].join('\n\n').concat('\n'))
}

/** Models that the index names come in its order, others after them. */
const rank = (order: readonly string[], id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)

function head(models: readonly StoredModel[]): string[] {
  const all = models.flatMap(({ measures }) => Object.values(measures))
  const dates = [...new Set(all.map(({ date }) => date))].sort()
  const faces = [...new Set(all.map((measure) => measure.faces))].sort((a, b) => a - b)
  const targets = targetTable(models)
  return [
    '# Evaluation',
    `Written by \`npm run evaluate -- --all --write-docs\` (measured ${[...new Set([dates[0], dates.at(-1)])].join(' to ')}); do not edit. ` +
      `Figures are means over up to ${faces.at(-1) ?? 0} validation faces${faces.length > 1 ? ` (some measures: ${faces.slice(0, -1).join(', ')})` : ''}; ` +
      'measures that draw many sketches use fewer of them, as said below. All people are synthetic. How each figure is made: [offline/evaluate](../offline/evaluate/README.md). ' +
      'All five systems in one table: [systems.md](systems.md).',
    markdownTable([
      ['model', 'name', 'for', 'size', 'weights'],
      ...models.map(({ id, name, role, sizePx, fingerprint }) => [id, name, role, `${sizePx} px`, fingerprint]),
    ]),
    ...(targets.length > 1 ? ['## Aims', markdownTable(targets)] : []),
  ]
}

interface Sheet {
  file: string
  columns: readonly string[]
  model: string | null
}

function section(measure: Measure, models: readonly StoredModel[], sheets: readonly Sheet[]): string {
  const remarks = models.flatMap(({ id, measures }) => (measures[measure.id]?.remarks ?? []).map((remark) => ({ id, remark })))
  const shared = [...new Set(remarks.map(({ remark }) => remark))].map((remark) => {
    const ids = remarks.filter((each) => each.remark === remark).map(({ id }) => id)
    return `- ${ids.length === models.length ? '' : `${ids.join(', ')}: `}${remark}`
  })
  const pictures = sheets.map(
    ({ file, columns, model }) =>
      `![${measure.title}](evaluation/${file})\n\n*${model ? `${model}, ` : ''}from ${ABOVE_FACES.includes(measure.id) ? 'top to bottom' : 'left to right'}: ${columns.join(' · ')}.*`,
  )
  const table = tableOf(measure.id, models)
  const parts = [`## ${measure.title}`, measure.about, ...(table.length > 1 ? [markdownTable(table)] : [])]
  return [...parts, ...(shared.length > 0 ? [shared.join('\n')] : []), ...pictures].join('\n\n')
}

function writeSheets(measure: Measure, models: readonly StoredModel[], sheetsFolder: string, pictures: string): Sheet[] {
  const available = models.flatMap(({ id, measures }) => {
    const file = path.join(sheetsFolder, id, `${measure.id}.png`)
    return measures[measure.id] && existsSync(file) ? [{ id, cells: cellsOf(readImage(file)) }] : []
  })
  const write = (file: string, rows: readonly (readonly RgbaImage[])[]) =>
    writeFileSync(path.join(pictures, file), jpegBelow(contactSheet(rows, SHEET_CELL_PX), MAX_SHEET_BYTES))
  if (available.length === 0 || measure.sheetIsPrivate) return []
  const isTurned = ABOVE_FACES.includes(measure.id)
  if (isTurned || SIDE_BY_SIDE.includes(measure.id)) {
    const file = `${measure.id}.jpg`
    const cells = available.map((sheet) => sheet.cells)
    write(file, isTurned ? aboveFaces(cells) : sideBySide(cells))
    const [sketch = '', , ...rest] = measure.sheetColumns
    return [{ file, columns: [sketch, ...available.map(({ id }) => id), ...rest], model: null }]
  }
  return available
    .filter(({ id }) => OWN_SHEETS.includes(id))
    .map(({ id, cells }) => {
      const file = `${measure.id}-${id}.jpg`
      write(file, cells.slice(0, measure.id === 'dials' ? cells.length : OWN_SHEET_ROWS))
      return { file, columns: measure.sheetColumns, model: id }
    })
}

/** Rows of sketch, face, rest of several models → sketch, every model's face, rest. Models that were judged on fewer faces end early. */
export function sideBySide(sheets: readonly (readonly (readonly RgbaImage[])[])[]): RgbaImage[][] {
  return spread(joinedRows(sheets), SHEET_ROWS)
}

/** The same turned: a row of sketches, a row of each model's faces below them, and so on until all are shown. */
export function aboveFaces(sheets: readonly (readonly (readonly RgbaImage[])[])[]): RgbaImage[][] {
  const rows = joinedRows(sheets)
  const turned: RgbaImage[][] = []
  for (let start = 0; start < rows.length; start += PICTURES_A_ROW) {
    const block = rows.slice(start, start + PICTURES_A_ROW)
    for (const column of block[0]?.keys() ?? []) turned.push(block.flatMap((row) => row[column] ?? []))
  }
  return turned
}

function joinedRows(sheets: readonly (readonly (readonly RgbaImage[])[])[]): RgbaImage[][] {
  const count = Math.min(...sheets.map((rows) => rows.length))
  return Array.from({ length: count }, (_, i) => {
    const [sketch, , ...rest] = sheets[0]?.[i] ?? []
    const faces = sheets.flatMap((sheet) => sheet[i]?.[1] ?? [])
    return [...(sketch ? [sketch] : []), ...faces, ...rest]
  })
}
