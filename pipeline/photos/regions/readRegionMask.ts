/** Region masks: one byte a pixel, the classes of the data (`mask/NAME.png`). */

import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'

export interface RegionMask {
  width: number
  height: number
  region: Uint8Array
}

export function readRegionMask(file: string): RegionMask {
  const { width, height, data } = PNG.sync.read(readFileSync(file))
  return { width, height, region: Uint8Array.from({ length: width * height }, (_, i) => data[4 * i] ?? 0) }
}
