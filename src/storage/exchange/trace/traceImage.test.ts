import { describe, expect, it } from 'vitest'
import type { Stroke } from '../../../editor/document'
import { rasterize, strokeToInkLine } from '../../../editor/rasterizer'
import { strokeOf } from '../../testing'
import { resize } from '../picture'
import type { RgbaImage } from '../types'
import { type TraceOptions, traceImage } from './traceImage'

const traced = (image: RgbaImage, options?: TraceOptions): Stroke[] => traceImage(image, options).strokes

const circle = (id: string, x: number, y: number, r: number, values: Partial<Stroke> = {}): Stroke => {
  const points = Array.from({ length: 61 }, (_, i) => [
    x + r * Math.cos((i * Math.PI) / 30),
    y + r * Math.sin((i * Math.PI) / 30),
    0.5,
  ]).flat()
  return strokeOf(id, { points, usesPressure: false, ...values })
}
const line = (id: string, points: number[], values: Partial<Stroke> = {}): Stroke =>
  strokeOf(id, { points, usesPressure: false, ...values })

/** A simple face with an open curve, closed ones, a crossing and dots. */
const FACE: Stroke[] = [
  line(
    'jaw',
    Array.from({ length: 41 }, (_, i) => [256 - 150 * Math.cos((i * Math.PI) / 40), 250 + 190 * Math.sin((i * Math.PI) / 40), 0.5]).flat(),
  ),
  circle('left eye', 190, 220, 26),
  circle('right eye', 322, 220, 26),
  line('nose', [256, 210, 0.5, 240, 300, 0.5, 272, 300, 0.5]),
  line('mouth', [200, 360, 0.5, 256, 375, 0.5, 312, 360, 0.5], { widthPx: 5 }),
  line('cross 1', [80, 40, 0.5, 160, 120, 0.5]),
  line('cross 2', [80, 120, 0.5, 160, 40, 0.5]),
]

/** The strokes in black on white, by the one rasteriser. */
function face(sizePx: number, strokes = FACE): RgbaImage {
  const grey = rasterize(strokes.map(strokeToInkLine), sizePx)
  const pixels = new Uint8ClampedArray(4 * grey.length).fill(255)
  for (let i = 0; i < grey.length; i++) pixels.fill(grey[i] ?? 255, 4 * i, 4 * i + 3)
  return { width: sizePx, height: sizePx, data: pixels }
}

function mapPixels(
  { width, height, data: pixels }: RgbaImage,
  change: (grey: number, x: number, y: number) => readonly number[],
): RgbaImage {
  const out = new Uint8ClampedArray(pixels.length)
  for (let i = 0; i < width * height; i++) out.set(change(pixels[4 * i] ?? 0, i % width, Math.floor(i / width)), 4 * i)
  return { width, height, data: out }
}

const inkOf = (strokes: readonly Stroke[]) => rasterize(strokes.map(strokeToInkLine), 512)

/** Share of the ink of one drawing that has no ink of the other within `reach` pixels. */
function missing(of: Uint8ClampedArray, inside: Uint8ClampedArray, reach: number): number {
  let [total, lost] = [0, 0]
  for (let y = 8; y < 504; y++) {
    for (let x = 8; x < 504; x++) {
      if ((of[y * 512 + x] ?? 255) > 127) continue
      total++
      let found = false
      for (let dy = -reach; dy <= reach && !found; dy++)
        for (let dx = -reach; dx <= reach; dx++) found ||= (inside[(y + dy) * 512 + x + dx] ?? 255) <= 127
      if (!found) lost++
    }
  }
  return lost / total
}

function expectSameDrawing(traced: readonly Stroke[], reach = 2, drawn = FACE): void {
  const [before, after] = [inkOf(drawn), inkOf(traced)]
  expect(missing(before, after, reach)).toBeLessThan(0.01)
  expect(missing(after, before, reach)).toBeLessThan(0.01)
}

describe('traceImage', () => {
  it('gives back a drawing: the same lines in the same places, each in one piece', () => {
    const strokes = traced(face(512))
    expectSameDrawing(strokes)
    expect(strokes).toHaveLength(FACE.length)
  })

  it('keeps lines that cross as two lines', () => {
    const strokes = traced(face(512, FACE.slice(5)))
    expect(strokes).toHaveLength(2)
    for (const { points } of strokes)
      expect(Math.hypot((points[0] ?? 0) - (points.at(-3) ?? 0), (points[1] ?? 0) - (points.at(-2) ?? 0))).toBeGreaterThan(100)
  })

  it('closes what is closed', () => {
    const [eye] = traced(face(512, FACE.slice(1, 2)))
    expect(eye?.points.slice(0, 2)).toEqual(eye?.points.slice(-3, -1))
  })

  it('finds the widths', () => {
    const wide = line('wide', [100, 300, 0.5, 400, 310, 0.5], { widthPx: 6 })
    const thin = line('thin', [100, 100, 0.5, 400, 120, 0.5], { widthPx: 2 })
    const widths = traced(face(512, [thin, wide])).map(({ widthPx }) => widthPx)
    expect(widths).toHaveLength(2)
    expect(Math.abs((widths[0] ?? 0) - 2)).toBeLessThanOrEqual(1)
    expect(Math.abs((widths[1] ?? 0) - 6)).toBeLessThanOrEqual(1)
  })

  it('keeps pupils as dots', () => {
    const pupil = line('pupil', [190, 220, 0.5], { widthPx: 8 })
    const strokes = traced(face(512, [pupil]))
    expect(strokes).toHaveLength(1)
    expect(strokes[0]?.widthPx).toBeGreaterThan(5)
    expect(strokes[0]?.points[0]).toBeCloseTo(190, -1)
  })

  it('needs few points: a circle is not a staircase', () => {
    const [eye] = traced(face(512, FACE.slice(1, 2)))
    expect((eye?.points.length ?? 0) / 3).toBeLessThan(40)
  })

  it.each([256, 1024, 2000])('fits a picture of %i pixels to the page', (sizePx) => {
    expectSameDrawing(traced(face(sizePx)), sizePx < 512 ? 3 : 2)
  })

  it('centres what is not square', () => {
    const tall: RgbaImage = { width: 256, height: 512, data: new Uint8ClampedArray(4 * 256 * 512).fill(255) }
    for (let y = 100; y < 400; y++) for (let x = 127; x < 129; x++) tall.data.fill(0, 4 * (y * 256 + x), 4 * (y * 256 + x) + 3)
    const [stroke] = traced(tall)
    expect(stroke?.points[0]).toBeCloseTo(256, 0)
    expect(Math.abs((stroke?.points[1] ?? 0) - (stroke?.points.at(-2) ?? 0))).toBeGreaterThan(290)
  })

  it('reads white on black, ink on a clear ground, and pencil on paper in a shadow', () => {
    expectSameDrawing(traced(mapPixels(face(512), (grey) => [255 - grey, 255 - grey, 255 - grey, 255])))
    expectSameDrawing(traced(mapPixels(face(512), (grey) => [0, 0, 0, 255 - grey])))
    expectSameDrawing(traced(mapPixels(face(512), (grey) => [255, 255, 255, 255 - grey])))
    const shaded = mapPixels(face(512), (grey, x, y) => {
      const paper = 235 - 0.22 * x - 0.08 * y + 4 * Math.sin(x * 12.9898 + y * 78.233)
      const value = paper * (0.45 + (0.55 * grey) / 255)
      return [value, value, 0.9 * value, 255]
    })
    expectSameDrawing(traced(shaded))
  })

  it('asks where a line belongs', () => {
    expect(
      traced(face(512, FACE.slice(4, 5)), { assignParts: (lines) => lines.map((points) => ((points[1] ?? 0) > 300 ? 'mouth' : 'hair')) })[0]
        ?.part,
    ).toBe('mouth')
  })

  it('finds a few lines at most in a large blob', () => {
    const blob = mapPixels(resize(face(512, FACE.slice(0, 1)), 1024, 1024), (_grey, x, y) => {
      const value = Math.hypot(x - 512, y - 512) < 340 ? 0 : 255
      return [value, value, value, 255]
    })
    expect(traced(blob).length).toBeLessThan(50)
  })
})
