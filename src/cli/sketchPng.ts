/**
 * PNG → the grey square that a model sees, and a face → PNG. Paper becomes white and the darkest lines black, whichever way round they were drawn;
 * a picture that is no line drawing is refused.
 */

import { PNG } from 'pngjs'
import { StudioError } from '../shared/errors'

/** Largest file and side that are read: a phone's scan, not an attack. */
const MAX_FILE_BYTES = 64 * 2 ** 20
const MAX_SIDE_PX = 10_000
/** Least share of a line drawing that is paper, and how far from the middle grey of the paper that may be (uneven light, stains). */
const LEAST_PAPER = 0.6
const PAPER_SPREAD = 30
/** Share of the darkest pixels that is taken for ink when lines are pale. */
const INK_SHARE = 0.002
/** Lines must be at least this much darker than the paper. */
const LEAST_CONTRAST = 24

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

interface Grey {
  width: number
  height: number
  /** 0–255, row-major. */
  values: Float32Array
}

/** @returns `[sizePx · sizePx]`, 255 paper, 0 ink */
export function readSketch(file: Uint8Array, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  const grey = decode(file)
  const square = levelled(fitted(lightPaper(grey), sizePx))
  return Uint8ClampedArray.from(square.values, Math.round)
}

/** @param pixels RGBA `[sizePx · sizePx · 4]`, opaque */
export function writeFace(pixels: Uint8ClampedArray, sizePx: number): Uint8Array {
  const png = new PNG({ width: sizePx, height: sizePx, colorType: 2, inputHasAlpha: true })
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true })
}

function decode(file: Uint8Array): Grey {
  if (file.length > MAX_FILE_BYTES) throw new StudioError('file-too-large', `larger than ${MAX_FILE_BYTES / 2 ** 20} MB`)
  if (SIGNATURE.some((byte, i) => file[i] !== byte)) throw new StudioError('bad-image', 'not a PNG file')
  const header = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 33) throw new StudioError('bad-image', 'a PNG file that was cut short')
  const [width, height] = [header.getUint32(16), header.getUint32(20)]
  if (width > MAX_SIDE_PX || height > MAX_SIDE_PX)
    throw new StudioError('file-too-large', `${width}×${height} pixels; at most ${MAX_SIDE_PX} a side`)
  let png: PNG
  try {
    png = PNG.sync.read(Buffer.from(file))
  } catch (cause) {
    throw new StudioError('bad-image', `a damaged PNG file (${cause instanceof Error ? cause.message : cause})`, { cause })
  }
  const values = new Float32Array(png.width * png.height)
  for (let i = 0; i < values.length; i++) values[i] = greyOverWhite(png.data, 4 * i)
  return { width: png.width, height: png.height, values }
}

function greyOverWhite(rgba: Uint8Array, at: number): number {
  const alpha = (rgba[at + 3] ?? 255) / 255
  const luma = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0)
  return 255 - alpha * (255 - luma)
}

/** Value below which a share of the pixels lies. */
function quantile(values: Float32Array, share: number): number {
  const counts = new Uint32Array(256)
  for (const value of values) counts[Math.round(value)] = (counts[Math.round(value)] ?? 0) + 1
  let below = 0
  for (let grey = 0; grey < 256; grey++) {
    below += counts[grey] ?? 0
    if (below > share * values.length) return grey
  }
  return 255
}

/** A drawing with light lines on dark paper, turned round. */
function lightPaper(grey: Grey): Grey {
  if (quantile(grey.values, 0.5) >= 128) return grey
  return { ...grey, values: grey.values.map((value) => 255 - value) }
}

/** Fitted into a square, centred on paper; areas are averaged, so that thin lines of a large picture stay. */
function fitted(grey: Grey, sizePx: number): Grey {
  const scale = sizePx / Math.max(grey.width, grey.height)
  const left = (sizePx - grey.width * scale) / 2
  const top = (sizePx - grey.height * scale) / 2
  const paper = quantile(grey.values, 0.5)
  const columns = overlaps(grey.width, sizePx, scale, left)
  const rows = overlaps(grey.height, sizePx, scale, top)
  const values = new Float32Array(sizePx * sizePx)
  for (let y = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++) {
      const [row, column] = [rows[y] ?? [], columns[x] ?? []]
      let sum = 0
      let weight = 0
      for (const [sy, wy] of row) {
        for (const [sx, wx] of column) {
          sum += wy * wx * (grey.values[sy * grey.width + sx] ?? paper)
          weight += wy * wx
        }
      }
      values[y * sizePx + x] = sum + (1 - weight) * paper
    }
  }
  return { width: sizePx, height: sizePx, values }
}

/** For every target pixel along an axis, the source pixels under it with the share of the target pixel that each covers. */
function overlaps(length: number, sizePx: number, scale: number, offset: number): [index: number, share: number][][] {
  return Array.from({ length: sizePx }, (_, target) => {
    const from = (target - offset) / scale
    const to = (target + 1 - offset) / scale
    const covered: [number, number][] = []
    for (let source = Math.max(0, Math.floor(from)); source < Math.min(length, to); source++) {
      const share = (Math.min(source + 1, to) - Math.max(source, from)) * scale
      if (share > 1e-9) covered.push([source, share])
    }
    return covered
  })
}

/** Paper to white and the darkest lines to black. A clean drawing stays as it is, byte for byte. */
function levelled(grey: Grey): Grey {
  const paper = quantile(grey.values, 0.5)
  const ink = quantile(grey.values, INK_SHARE)
  if (paper - ink < LEAST_CONTRAST) throw new StudioError('bad-image', 'there are no lines in it')
  const share = grey.values.filter((value) => Math.abs(value - paper) <= PAPER_SPREAD).length / grey.values.length
  if (share < LEAST_PAPER) {
    throw new StudioError('bad-image', `it does not look like a line drawing (only ${Math.round(100 * share)} % of it is paper)`)
  }
  if (paper === 255 && ink === 0) return grey
  const gain = 255 / (paper - ink)
  return { ...grey, values: grey.values.map((value) => Math.min(255, Math.max(0, (value - ink) * gain))) }
}
