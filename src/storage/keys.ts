/** Keys of rows and ranges of them, as IndexedDB orders them: numbers before texts before lists. */

export type KeyPart = string | number
export type Key = KeyPart | readonly KeyPart[]

/** Rows of a table, or of one of its indexes. Bounds belong to the range. */
export interface Range {
  /** Name of an index; missing: the table's own key. */
  readonly index?: string
  /** For keys of several parts: those that begin with these. */
  readonly prefix?: readonly KeyPart[]
  readonly from?: Key
  readonly to?: Key
}

export const isRange = (value: Key | Range): value is Range => typeof value === 'object' && !Array.isArray(value)

const rank = (key: unknown): number => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2)

/** Negative, zero or positive, as `indexedDB.cmp`. */
export function compareKeys(a: Key, b: Key): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (typeof a === 'object' && typeof b === 'object') {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareKeys(a[i] ?? 0, b[i] ?? 0)
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  return a < b ? -1 : a > b ? 1 : 0
}

export function isInRange(key: Key, { prefix, from, to }: Range): boolean {
  if (prefix && !(typeof key === 'object' && prefix.every((part, i) => compareKeys(part, key[i] ?? []) === 0))) return false
  return (from === undefined || compareKeys(key, from) >= 0) && (to === undefined || compareKeys(key, to) <= 0)
}

/** The same range for IndexedDB; `undefined` takes everything. A list sorts after every number and text, so it closes a prefix. */
export function keyRangeOf({ prefix, from, to }: Range): IDBKeyRange | undefined {
  if (prefix) return IDBKeyRange.bound([...prefix], [...prefix, []])
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(from, to)
  if (from !== undefined) return IDBKeyRange.lowerBound(from)
  return to === undefined ? undefined : IDBKeyRange.upperBound(to)
}
