/** Small linear systems. */

/** Gauss–Jordan elimination with pivots: `matrix · X = right`; `null` for a singular matrix. Both are small. */
export function solve(matrix: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...(right[i] ?? [])])
  for (let column = 0; column < n; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row, i) => (Math.abs(row[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? column + i : best), column)
    const [top, other] = [rows[column] ?? [], rows[pivot] ?? []]
    rows[column] = other
    rows[pivot] = top
    const divisor = other[column] ?? 0
    if (Math.abs(divisor) < 1e-12) return null
    // In place, as it runs while a slider is dragged; the rows are this function's own.
    for (let k = column; k < other.length; k++) other[k] = (other[k] ?? 0) / divisor
    for (const row of rows) {
      const factor = row[column] ?? 0
      if (row === other || factor === 0) continue
      for (let k = column; k < row.length; k++) row[k] = (row[k] ?? 0) - factor * (other[k] ?? 0)
    }
  }
  return rows.map((row) => row.slice(n))
}
