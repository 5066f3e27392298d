/** Tables of an evaluation: models as columns, then what true photos give; as text for the terminal and as Markdown. */

import type { StoredMeasure, StoredModel } from './evaluation'

/** Header first; every row has as many cells. Models without this measure have dashes. */
export function tableOf(measureId: string, models: readonly StoredModel[]): string[][] {
  const measured = models.flatMap(({ measures }) => measures[measureId] ?? [])
  const references = measured[0]?.references ?? []
  const labels = [...new Set(measured.flatMap(({ rows }) => rows.map(({ label }) => label)))]
  const cell = (measure: StoredMeasure | undefined, label: string) => measure?.rows.find((row) => row.label === label)?.value ?? '–'
  const reference = (label: string, i: number) => {
    const rows = measured.flatMap((measure) => measure.rows.filter((row) => row.label === label))
    return rows.map((row) => row.references[i]).find((text) => text) ?? ''
  }
  return [
    ['', ...models.map(({ id }) => id), ...references],
    ...labels.map((label) => [
      label,
      ...models.map(({ measures }) => cell(measures[measureId], label)),
      ...references.map((_, i) => reference(label, i)),
    ]),
  ]
}

/** Aligns the first column left and the others right; a rule under the header. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const lines = rows.map((row) =>
    widths.map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width))).join('   '),
  )
  return [lines[0] ?? '', '-'.repeat(widths.reduce((sum, width) => sum + width + 3, -3)), ...lines.slice(1)].join('\n')
}

/** The same in Markdown; models' columns aligned right. */
export function markdownTable([header = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
