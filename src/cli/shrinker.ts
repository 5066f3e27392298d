/** Pixels one by one, in any order → a picture no larger than wanted, each new pixel the mean of those that fall on it. */

import type { RgbaImage } from '../storage/exchange/types'

export class Shrinker {
  private readonly width: number
  private readonly height: number
  private readonly columns: Uint16Array
  private readonly rows: Uint16Array
  /** Red, green, blue (weighted by how opaque), alpha, and the number of pixels. */
  private readonly sums: Float32Array

  constructor(width: number, height: number, sidePx: number) {
    const scale = Math.min(1, sidePx / Math.max(width, height))
    this.width = Math.max(1, Math.round(width * scale))
    this.height = Math.max(1, Math.round(height * scale))
    const lookup = (from: number, to: number): Uint16Array => Uint16Array.from({ length: from }, (_, i) => Math.floor((i * to) / from))
    this.columns = lookup(width, this.width)
    this.rows = lookup(height, this.height)
    this.sums = new Float32Array(5 * this.width * this.height)
  }

  add(x: number, y: number, r: number, g: number, b: number, alpha: number): void {
    const at = 5 * ((this.rows[y] ?? 0) * this.width + (this.columns[x] ?? 0))
    const { sums } = this
    sums[at] = (sums[at] ?? 0) + r * alpha
    sums[at + 1] = (sums[at + 1] ?? 0) + g * alpha
    sums[at + 2] = (sums[at + 2] ?? 0) + b * alpha
    sums[at + 3] = (sums[at + 3] ?? 0) + alpha
    sums[at + 4] = (sums[at + 4] ?? 0) + 1
  }

  image(): RgbaImage {
    const pixels = new Uint8ClampedArray(4 * this.width * this.height)
    for (let i = 0; i < this.width * this.height; i++) {
      const alpha = this.sums[5 * i + 3] ?? 0
      for (let c = 0; c < 3; c++) pixels[4 * i + c] = alpha > 0 ? (this.sums[5 * i + c] ?? 0) / alpha : 255
      pixels[4 * i + 3] = alpha / Math.max(1, this.sums[5 * i + 4] ?? 1)
    }
    return { width: this.width, height: this.height, data: pixels }
  }
}
