/** Whether an import fits into the space that the browser grants, before anything of it is read. */

import type { StorageUsage } from '../../storage/types'

/** Of one side: a square of at most 512 px as WebP and its thumbnail. A generous mean. */
const SIDE_BYTES = 110_000
/** Of an item: region classes and landmarks. */
const FACE_BYTES = 67_000
/** So much of what is free is left to drawings and photos. */
const RESERVE = 0.1

/** @param sides pictures in all; a pair has two */
export const neededBytes = (items: number, sides: number): number => sides * SIDE_BYTES + items * FACE_BYTES

export interface Shortage {
  readonly needBytes: number
  readonly freeBytes: number
}

/** `null` where it fits, or where the browser does not say how much there is. */
export function shortageOf(needBytes: number, usage: StorageUsage | null): Shortage | null {
  if (!usage) return null
  const freeBytes = Math.max(0, (1 - RESERVE) * (usage.quotaBytes - usage.usedBytes))
  return needBytes > freeBytes ? { needBytes, freeBytes } : null
}
