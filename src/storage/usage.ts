/** How much of the browser's space is used, from what it estimates. */

import type { StorageUsage } from './types'

/** Chromium counts the private file system in 32 bits without a sign: less than nothing reads as almost 4 GiB. */
const WRAP = 2 ** 32
/** How far below nothing its count has been seen to go, with room. */
const LEAST = WRAP - 2 ** 28

interface Estimate extends StorageEstimate {
  readonly usageDetails?: Readonly<Record<string, number>>
}

/** `null` where the browser does not say. */
export function usageOf({ usage, quota, usageDetails }: Estimate): StorageUsage | null {
  if (usage === undefined || quota === undefined) return null
  const files = usageDetails?.fileSystem ?? 0
  // What is free is right in either case.
  const extra = files >= LEAST && files < WRAP ? files : 0
  return { usedBytes: usage - extra, quotaBytes: quota - extra }
}
