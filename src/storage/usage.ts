/** How much of the browser's space is used, from what it estimates. */

import type { StorageUsage } from './types'

/** Chromium counts the private file system in 32 bits without a sign: once it has gone below nothing, it reads 4 GiB too much. */
const WRAP = 2 ** 32
/** How far from that its count is taken for such a one; the studio itself keeps a few megabytes of files. */
const NEAR = 2 ** 28

interface Estimate extends StorageEstimate {
  readonly usageDetails?: Readonly<Record<string, number>>
}

/** `null` where the browser does not say. */
export function usageOf({ usage, quota, usageDetails }: Estimate): StorageUsage | null {
  if (usage === undefined || quota === undefined) return null
  const files = usageDetails?.fileSystem ?? 0
  // What is free is right in either case.
  const extra = Math.abs(files - WRAP) < NEAR ? Math.min(files, WRAP) : 0
  return { usedBytes: usage - extra, quotaBytes: quota - extra }
}
