/** Middle and tail of repeated measurements. */

export interface Spread {
  median: number
  p90: number
  n: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
  return { median: at(0.5), p90: at(0.9), n: values.length }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
