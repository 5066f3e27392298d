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
    const unit = other.map((value) => value / divisor)
    rows[column] = unit
    for (let i = 0; i < n; i++) {
      const factor = rows[i]?.[column] ?? 0
      if (i !== column && factor !== 0) rows[i] = (rows[i] ?? []).map((value, k) => value - factor * (unit[k] ?? 0))
    }
  }
  return rows.map((row) => row.slice(n))
}
