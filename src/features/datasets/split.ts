/** Which items are held out: a share of each heap at random, never all of one. */

import { grouped } from '../../shared/grouped'
import type { DataSetEntryRow } from '../../storage/trainingRows'

type Sided = Pick<DataSetEntryRow, 'id' | 'a' | 'b'>

/** What is held out of a set of which nobody has said anything. */
export const USUAL_SHARE = 0.15

/**
 * @param share 0–1; of a heap of two or more at least one item is held out unless it is 0, and at least one stays
 * @param random uniform in 0–1
 */
export function chooseHeldOut(entries: readonly Sided[], share: number, random: () => number): ReadonlySet<string> {
  const heaps = grouped(entries, ({ a, b }) => `${a !== null} ${b !== null}`)
  return new Set(
    [...heaps.values()].flatMap((heap) =>
      shuffled(heap, random)
        .slice(0, countOf(heap.length, share))
        .map(({ id }) => id),
    ),
  )
}

export function countOf(size: number, share: number): number {
  if (share <= 0 || size < 2) return 0
  return Math.min(size - 1, Math.max(1, Math.round(share * size)))
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j] as T, result[i] as T]
  }
  return result
}
