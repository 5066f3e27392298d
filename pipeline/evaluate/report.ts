/** The readable form of a measure's result: an aligned table with its heading and remarks. */

import type { Measure, MeasureResult } from './measures/measure'

/** Aligns the first column left and the others right; a rule under the header. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const lines = rows.map((row) =>
    widths.map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width))).join('   '),
  )
  return [lines[0] ?? '', '-'.repeat(widths.reduce((sum, width) => sum + width + 3, -3)), ...lines.slice(1)].join('\n')
}

export function formatResult(measure: Measure, label: string, result: MeasureResult): string {
  return [`${measure.title}`, `(${label})`, '', formatTable(result.table), '', ...result.remarks].join('\n')
}
