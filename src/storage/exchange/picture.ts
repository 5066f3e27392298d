/** Pictures as pixels: a sketch as the generator sees it, two pictures side by side, smaller copies, and the PNG file of any of them. */

import type { SketchDocument } from '../../editor/document'
import { rasterize, strokeToInkLine } from '../../editor/rasterizer'
import type { Thumbnail } from '../types'
import { crc32 } from './imageHeader'
import type { RgbaImage } from './types'

const THUMBNAIL_SIDE_PX = 192

/** The sketch, black on white, by the one rasteriser. */
export function renderSketch(document: SketchDocument, sizePx: number): RgbaImage {
  const grey = rasterize(document.strokes.map(strokeToInkLine), sizePx)
  const pixels = new Uint8ClampedArray(4 * grey.length)
  for (let i = 0; i < grey.length; i++) pixels.fill(grey[i] ?? 255, 4 * i, 4 * i + 3)
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255
  return { width: sizePx, height: sizePx, pixels }
}

/** Two pictures on white, one beside the other with a gap; the smaller one is enlarged to the height of the larger. */
export function sideBySide(left: RgbaImage, right: RgbaImage, gapPx = 16): RgbaImage {
  const height = Math.max(left.height, right.height)
  const pictures = [left, right].map((picture) => resize(picture, Math.round((picture.width * height) / picture.height), height))
  const width = pictures.reduce((sum, picture) => sum + picture.width, gapPx)
  const pixels = new Uint8ClampedArray(4 * width * height).fill(255)
  let x = 0
  for (const picture of pictures) {
    const rowBytes = 4 * picture.width
    for (let y = 0; y < height; y++) pixels.set(picture.pixels.subarray(y * rowBytes, (y + 1) * rowBytes), 4 * (y * width + x))
    x += picture.width + gapPx
  }
  return { width, height, pixels }
}

/** Shrinks by averaging the pixels that fall on each new one, enlarges bilinearly. */
export function resize(picture: RgbaImage, width: number, height: number): RgbaImage {
  if (width === picture.width && height === picture.height) return picture
  const rows = resizeAxis(picture.pixels, picture.width, picture.height, width, (line, at) => 4 * (line * picture.width + at))
  const pixels = resizeAxis(rows, picture.height, width, height, (line, at) => 4 * (at * width + line), true)
  return { width, height, pixels: Uint8ClampedArray.from(pixels) }
}

/** Weights of the old pixels that make each new one along an axis: a tent as wide as the larger of the two pixels. */
function axisWeights(from: number, to: number): { start: number; weights: number[] }[] {
  const scale = from / to
  const radius = Math.max(1, scale)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5
    const start = Math.max(0, Math.ceil(centre - radius))
    const end = Math.min(from - 1, Math.floor(centre + radius))
    const raw = Array.from({ length: end - start + 1 }, (_unused, k) => Math.max(0, 1 - Math.abs(start + k - centre) / radius))
    const sum = raw.reduce((total, weight) => total + weight, 0)
    return { start, weights: raw.map((weight) => weight / sum) }
  })
}

function resizeAxis(
  source: ArrayLike<number>,
  from: number,
  lines: number,
  to: number,
  indexOf: (line: number, at: number) => number,
  isColumns = false,
): Float32Array {
  const out = new Float32Array(4 * lines * to)
  const steps = axisWeights(from, to)
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < to; i++) {
      const step = steps[i]
      if (!step) continue
      const target = isColumns ? 4 * (i * lines + line) : 4 * (line * to + i)
      for (const [k, weight] of step.weights.entries()) {
        const index = indexOf(line, step.start + k)
        for (let channel = 0; channel < 4; channel++)
          out[target + channel] = (out[target + channel] ?? 0) + weight * (source[index + channel] ?? 0)
      }
    }
  }
  return out
}

/** The picture as an 8-bit RGBA PNG file, the same in every browser and in Node. */
export async function encodePng({ width, height, pixels }: RgbaImage): Promise<Blob> {
  const rowBytes = 4 * width
  const filtered = new Uint8Array((rowBytes + 1) * height)
  for (let y = 0; y < height; y++) {
    const target = y * (rowBytes + 1)
    // Filter 1: each byte less the one a pixel before it, which makes flat areas almost free.
    filtered[target] = 1
    for (let i = 0; i < rowBytes; i++) {
      const source = y * rowBytes + i
      filtered[target + 1 + i] = (pixels[source] ?? 0) - (i < 4 ? 0 : (pixels[source - 4] ?? 0))
    }
  }
  const compressed = await new Response(new Blob([filtered]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer()
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  // Eight bits, RGBA, no interlace.
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const parts = [signature, pngChunk('IHDR', header), pngChunk('IDAT', new Uint8Array(compressed)), pngChunk('IEND', new Uint8Array(0))]
  return new Blob(parts, { type: 'image/png' })
}

/** Length, type, data and check sum, as every part of a PNG file is built. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + data.length)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i)
  chunk.set(data, 8)
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)))
  return chunk
}

/** A small PNG for the list, of any picture. */
export async function makeThumbnail(picture: RgbaImage, sidePx = THUMBNAIL_SIDE_PX): Promise<Thumbnail> {
  const scale = Math.min(1, sidePx / Math.max(picture.width, picture.height))
  const small = resize(picture, Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)))
  const file = await encodePng(small)
  return { mime: 'image/png', bytes: new Uint8Array(await file.arrayBuffer()) }
}
