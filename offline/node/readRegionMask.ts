/** Region masks: one byte a pixel, the classes of the data (`mask/NAME.png`). */

import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import type { RegionMask } from '../../src/faces/masks/regionPrior'

export function readRegionMask(file: string): RegionMask {
  const { width, height, data } = PNG.sync.read(readFileSync(file))
  return { width, height, region: Uint8Array.from({ length: width * height }, (_, i) => data[4 * i] ?? 0) }
}
