/**
 * An animated PNG (PNG 3rd edition, `acTL`, `fcTL`, `fdAT`), for browsers that cannot encode a video: frames of RGBA → bytes. Each frame holds only the rectangle that changed,
 * and one that changed nothing lengthens the one before. Pixels are compressed by the browser itself, off the page's thread.
 */

import { crc32 } from '../../../shared/crc32'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
/** Colours without alpha: a film's frames are whole pictures. */
const CHANNELS = 3
const RGB = 2
const FILTER_UP = 2
/** Delays are 16-bit milliseconds. */
const LONGEST_DELAY_MS = 65_535

type Bytes = Uint8Array<ArrayBuffer>

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Part {
  readonly area: Rectangle
  readonly data: Bytes
  delayMs: number
}

export class ApngWriter {
  readonly #widthPx: number
  readonly #heightPx: number
  readonly #parts: Part[] = []
  #last: Uint8ClampedArray | null = null

  constructor(widthPx: number, heightPx: number) {
    this.#widthPx = widthPx
    this.#heightPx = heightPx
  }

  /** @param pixels rows of RGBA; kept until the next call */
  async add(pixels: Uint8ClampedArray, delayMs: number): Promise<void> {
    const area = this.#last ? changedArea(this.#last, pixels, this.#widthPx) : this.#whole()
    this.#last = pixels
    const before = this.#parts.at(-1)
    if (!area && before) before.delayMs += delayMs
    else if (area) this.#parts.push({ area, data: await deflated(filtered(pixels, this.#widthPx, area)), delayMs })
  }

  finish(): Blob {
    let sequence = 0
    const frames = this.#parts.flatMap(({ area, data, delayMs }, i) => {
      const control = frameControl(sequence++, area, delayMs)
      return [control, i === 0 ? chunk('IDAT', data) : chunk('fdAT', joined([uint32(sequence++), data]))]
    })
    const header = joined([uint32(this.#widthPx), uint32(this.#heightPx), Uint8Array.of(8, RGB, 0, 0, 0)])
    // Played once: a film ends.
    const animation = joined([uint32(this.#parts.length), uint32(1)])
    const parts = [SIGNATURE, chunk('IHDR', header), chunk('acTL', animation), ...frames, chunk('IEND', new Uint8Array(0))]
    return new Blob(parts, { type: 'image/png' })
  }

  #whole(): Rectangle {
    return { x: 0, y: 0, width: this.#widthPx, height: this.#heightPx }
  }
}

/** The smallest rectangle that holds every pixel that differs. */
export function changedArea(before: Uint8ClampedArray, after: Uint8ClampedArray, widthPx: number): Rectangle | null {
  const [a, b] = [new Uint32Array(before.buffer, before.byteOffset), new Uint32Array(after.buffer, after.byteOffset)]
  let [left, top, right, bottom] = [widthPx, -1, -1, -1]
  for (let i = 0; i < b.length; i++) {
    if (a[i] === b[i]) continue
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)]
    if (top < 0) top = y
    bottom = y
    if (x < left) left = x
    if (x > right) right = x
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** Rows of RGB, each less the row above it. */
function filtered(pixels: Uint8ClampedArray, widthPx: number, { x, y, width, height }: Rectangle): Bytes {
  const rowBytes = 1 + CHANNELS * width
  const rows = new Uint8Array(rowBytes * height)
  for (let row = 0; row < height; row++) {
    let to = row * rowBytes
    rows[to++] = FILTER_UP
    let from = 4 * ((y + row) * widthPx + x)
    for (let column = 0; column < width; column++, from += 4) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        const above = row === 0 ? 0 : (pixels[from + channel - 4 * widthPx] ?? 0)
        rows[to++] = (pixels[from + channel] ?? 0) - above
      }
    }
  }
  return rows
}

async function deflated(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function frameControl(sequence: number, { x, y, width, height }: Rectangle, delayMs: number): Bytes {
  const body = new Uint8Array(26)
  const view = new DataView(body.buffer)
  for (const [i, value] of [sequence, width, height, x, y].entries()) view.setUint32(4 * i, value)
  view.setUint16(20, Math.min(LONGEST_DELAY_MS, Math.round(delayMs)))
  view.setUint16(22, 1000)
  return chunk('fcTL', body)
}

function chunk(type: string, body: Bytes): Bytes {
  const named = joined([new TextEncoder().encode(type), body])
  return joined([uint32(body.length), named, uint32(crc32(named))])
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
