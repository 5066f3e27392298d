/** Averages and slopes. */

/** `NaN` for no values. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Mean, or `null` for no values. */
export const meanOrNull = (values: readonly number[]): number | null => (values.length > 0 ? mean(values) : null)

/** Deviation of a sample; 0 for fewer than two values. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}

export const standardError = (values: readonly number[]): number => deviation(values) / Math.sqrt(Math.max(1, values.length))

/** Slope of y over x by least squares; `null` when x does not vary. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number | null {
  const mx = mean(points.map(([x]) => x))
  const my = mean(points.map(([, y]) => y))
  const xx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return points.length < 2 || xx === 0 ? null : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / xx
}
