/**
 * A picture → the grey square that a model sees, and a face → PNG. Paper becomes white and the darkest lines black, whichever way round they were drawn;
 * a picture that is no line drawing is refused.
 */

import { PNG } from 'pngjs'
import type { Stroke } from '../editor/document'
import { rasterize, strokeToInkLine } from '../editor/rasterizer'
import { StudioError } from '../shared/errors'
import { fitToFace } from '../storage/exchange/trace/faceFit'
import { type TracedPicture, traceImage } from '../storage/exchange/trace/traceImage'
import type { LeftOut, RgbaImage } from '../storage/exchange/types'
import { decodePicture } from './decodePicture'

/** Least share of a line drawing that is paper, and how far from the middle grey of the paper that may be (uneven light, stains). */
const LEAST_PAPER = 0.6
const PAPER_SPREAD = 30
/** Share of the darkest pixels that is taken for ink when lines are pale. */
const INK_SHARE = 0.002
/** Lines must be at least this much darker than the paper. */
const LEAST_CONTRAST = 24

interface Grey {
  width: number
  height: number
  /** 0–255, row-major. */
  values: Float32Array
}

/** A drawing that was opened, at whatever size it is needed. */
export interface OpenSketch {
  /** @returns `[sizePx · sizePx]`, 255 paper, 0 ink */
  readonly at: (sizePx: number) => Uint8ClampedArray<ArrayBuffer>
  /** The same, turned upright where a face was plainly lying on its side. */
  readonly upright: (sizePx: number) => Uint8ClampedArray<ArrayBuffer>
  /** What the picture held beside the drawing, in words. */
  readonly leftOut: readonly string[]
}

/** @returns `[sizePx · sizePx]`, 255 paper, 0 ink */
export const readSketch = (file: Uint8Array, sizePx: number): Uint8ClampedArray<ArrayBuffer> => openSketch(file).at(sizePx)

const opened = new WeakMap<Uint8Array, OpenSketch>()

/**
 * A clean drawing is taken as it is; anything else (a scan, a photograph of a sheet) is traced by the studio's own code and drawn again.
 * @throws StudioError `bad-image` or `file-too-large`
 */
export function openSketch(file: Uint8Array): OpenSketch {
  const known = opened.get(file)
  if (known) return known
  const sketch = readAnyhow(decodePicture(file))
  opened.set(file, sketch)
  return sketch
}

/** Smaller pictures have no paper whose light or rules could be seen. */
const LEAST_TRACED_PX = 160

function readAnyhow(image: RgbaImage): OpenSketch {
  const plain = (): OpenSketch => {
    const at = (sizePx: number) => plainSketch(image, sizePx)
    return { at, upright: at, leftOut: [] }
  }
  if (Math.max(image.width, image.height) < LEAST_TRACED_PX) return plain()
  const isClean = cleanness(image) >= LEAST_CLEAN
  let traced: TracedPicture
  try {
    traced = traceImage(image, { fitToFace })
  } catch (error) {
    // What cannot be traced may still be a drawing, of broad brushes say.
    if (isClean) return plain()
    throw error
  }
  if (isClean && traced.leftOut.length === 0) return plain()
  const upright = turnedUpright(traced)
  return {
    at: (sizePx) => rasterize(traced.strokes.map(strokeToInkLine), sizePx),
    upright: (sizePx) => rasterize(upright.map(strokeToInkLine), sizePx),
    leftOut: traced.leftOut.map(([what, count]) => LEFT_OUT[what](count)),
  }
}

/** Small turns and all else are the placement's matter: whoever does not want that gets the drawing as it lies. */
function turnedUpright({ strokes, report }: TracedPicture): readonly Stroke[] {
  const [a, b] = report.placed?.fit.map ?? [1, 0]
  return report.placed && Math.abs(Math.atan2(b, a)) > Math.PI / 4 ? report.placed.strokes : strokes
}

/** Share of the pixels of a clean drawing that are paper or full ink, to within a few greys. */
const LEAST_CLEAN = 0.93

function cleanness(image: RgbaImage): number {
  const { values } = lightPaper(greyOf(image))
  const paper = quantile(values, 0.5)
  let clean = 0
  for (const value of values) if (Math.abs(value - paper) <= 2 || value < 40) clean++
  return clean / values.length
}

const LEFT_OUT: Readonly<Record<LeftOut, (count: number) => string>> = {
  table: () => 'what lies round the sheet',
  rules: () => 'the rules of the paper',
  borders: () => 'borders of the scan',
  holes: () => 'punch holes',
  marks: (count) => `${count} mark${count === 1 ? '' : 's'} beside the drawing`,
  text: () => 'text',
  images: () => 'pictures',
  masks: () => 'masks',
  filters: () => 'filters',
  patterns: () => 'patterns',
  markers: () => 'arrowheads',
  clips: () => 'clips',
  unreadable: () => 'what cannot be read',
}

function plainSketch(image: RgbaImage, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  return Uint8ClampedArray.from(levelled(fitted(lightPaper(greyOf(image)), sizePx)).values, Math.round)
}

/** @param pixels RGBA `[sizePx · sizePx · 4]`, opaque */
export function writeFace(pixels: Uint8ClampedArray, sizePx: number): Uint8Array {
  const png = new PNG({ width: sizePx, height: sizePx, colorType: 2, inputHasAlpha: true })
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true })
}

/** Transparent is paper: black behind light lines, white behind dark ones. */
function greyOf({ width, height, data: pixels }: RgbaImage): Grey {
  const values = new Float32Array(width * height)
  let [weight, sum] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const luma = 0.299 * (pixels[4 * i] ?? 0) + 0.587 * (pixels[4 * i + 1] ?? 0) + 0.114 * (pixels[4 * i + 2] ?? 0)
    values[i] = luma
    weight += pixels[4 * i + 3] ?? 0
    sum += luma * (pixels[4 * i + 3] ?? 0)
  }
  const isLightOnClear = weight < 0.5 * 255 * values.length && sum > 127 * weight
  for (let i = 0; i < values.length; i++) {
    const alpha = (pixels[4 * i + 3] ?? 255) / 255
    values[i] = alpha * (values[i] ?? 0) + (1 - alpha) * (isLightOnClear ? 0 : 255)
  }
  return { width, height, values }
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
