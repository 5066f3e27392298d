import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { squaredDistances } from './distanceTransform'
import type { Landmarks68 } from './landmarks'
import { contoursOf } from './meanFace'
import type { Part } from './parts'
import { editRegion, softMask } from './regions'
import type { PartLine } from './standIns'
import { drawn, drawnContour, ellipse } from './testStrokes'

const at = (region: Uint8ClampedArray, x: number, y: number, sizePx = 256): number | undefined =>
  region[Math.floor((y * sizePx) / 512) * sizePx + Math.floor((x * sizePx) / 512)]
const area = (region: Uint8ClampedArray): number => region.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)

describe('the region of an edit', () => {
  it('holds all ink of the part before and after, with 12 px around it at 256', () => {
    const before = [drawn('mouth', ellipse(256, 385, 50, 12))]
    const after = [drawn('mouth', ellipse(256, 395, 60, 20))]
    const region = editRegion(before, after, 'mouth', 256)
    for (const x of [196 - 22, 316 + 22]) expect(at(region, x, 395)).toBe(255)
    for (const x of [196 - 28, 316 + 28]) expect(at(region, x, 395)).toBe(0)
    expect(at(region, 256, 385)).toBe(255)
    expect(at(region, 256, 345)).toBe(0)
    expect(at(region, 194, 246)).toBe(0)
  })

  it('is the dilated hull, by the numbers: a square of 40 sketch pixels becomes 20 + 2 · 12 wide at 256', () => {
    const square = drawn('other', [])
    const mouth = drawn('mouth', [240, 360, 0.5, 280, 360, 0.5, 280, 400, 0.5, 240, 400, 0.5, 240, 360, 0.5, 280, 360, 0.5])
    const full = [mouth, drawnContour('upperLipOuter'), square]
    const region = editRegion([mouth, mouth], [mouth, mouth], 'mouth', 256)
    const row = [...region.slice(190 * 256, 191 * 256)]
    expect(full).toHaveLength(3)
    expect(row.indexOf(255)).toBeLessThanOrEqual(120 - 12)
    expect(row.lastIndexOf(255)).toBeGreaterThanOrEqual(140 + 12)
    expect(new Set(region)).toEqual(new Set([0, 255]))
  })

  it('holds the mean part while the drawing has none', () => {
    const region = editRegion([], [drawnContour('leftUpperLid', 0, -10)], 'leftEye', 256)
    expect(at(region, 194, 254)).toBe(255)
    expect(at(region, 318, 246)).toBe(0)
  })

  it('is the union over several parts', () => {
    const lines = [drawnContour('leftUpperLid'), drawnContour('rightUpperLid')]
    const region = editRegion([], lines, ['leftEye', 'rightEye'], 256)
    expect(at(region, 194, 246)).toBe(255)
    expect(at(region, 318, 246)).toBe(255)
    expect(at(region, 256, 246)).toBe(0)
  })

  it('of the jaw is a band, filled between the old and the new line, that leaves eyes and mouth out', () => {
    const region = editRegion([drawnContour('jaw')], [drawnContour('jaw', 0, 30)], 'jaw', 256)
    for (const y of [472, 485, 502]) expect(at(region, 256, y)).toBe(255)
    expect(at(region, 256, 385)).toBe(0)
    expect(at(region, 194, 246)).toBe(0)
    expect(at(region, 256, 440)).toBe(0)
  })

  it('of a line near the picture border does not run over to it', () => {
    const region = editRegion([], [drawn('other', [100, 472, 0.5, 400, 472, 0.5])], 'other', 256)
    expect(at(region, 256, 472 + 22)).toBe(255)
    expect(at(region, 256, 510)).toBe(0)
  })

  it('of the hair covers the head above and beside, not the inner face', () => {
    const region = editRegion([], [drawn('hair', ellipse(256, 260, 190, 200, Math.PI, 2 * Math.PI))], 'hair', 256)
    expect(at(region, 256, 120)).toBe(255)
    expect(at(region, 194, 246)).toBe(0)
    expect(at(region, 256, 320)).toBe(0)
  })

  it('of two ears leaves the face between them', () => {
    const region = editRegion([], [drawn('ears', ellipse(90, 280, 14, 30)), drawn('ears', ellipse(422, 280, 14, 30))], 'ears', 256)
    expect(at(region, 90, 280)).toBe(255)
    expect(at(region, 422, 280)).toBe(255)
    expect(at(region, 256, 280)).toBe(0)
  })

  it('of other strokes holds only those that changed', () => {
    const kept = drawn('other', [100, 100, 0.5, 140, 100, 0.5])
    const added = drawn('other', [300, 450, 0.5, 340, 450, 0.5])
    const region = editRegion([kept], [kept, added], 'other', 256)
    expect(at(region, 320, 450)).toBe(255)
    expect(at(region, 120, 100)).toBe(0)
    expect(area(editRegion([kept], [kept], 'other', 256))).toBe(0)
  })

  it('scales with the bitmap', () => {
    const lines = [drawn('mouth', ellipse(256, 385, 50, 12))]
    const small = area(editRegion([], lines, 'mouth', 128))
    const large = area(editRegion([], lines, 'mouth', 256))
    expect(large / small).toBeGreaterThan(3.6)
    expect(large / small).toBeLessThan(4.4)
  })
})

describe('a soft mask', () => {
  it('is 0 outside the region, positive inside, and 1 in its middle', () => {
    const region = editRegion([], [drawn('mouth', ellipse(256, 385, 50, 12))], 'mouth', 256)
    const mask = softMask(region, 8)
    mask.forEach((weight, i) => {
      expect(weight > 0).toBe(region[i] === 255)
    })
    expect(mask[192 * 256 + 128]).toBe(1)
  })

  it('falls by the smoothstep of the distance: a half plane, by hand', () => {
    const region = new Uint8ClampedArray(64).map((_, i) => (i % 8 >= 4 ? 255 : 0))
    const row = [...softMask(region, 3).slice(0, 8)]
    const step = (t: number): number => t * t * (3 - 2 * t)
    expect(row).toEqual([0, 0, 0, 0, step(0.25), step(0.5), step(0.75), 1].map(Math.fround))
  })

  it('does not fall at the picture border, and is hard without feather', () => {
    expect([...softMask(new Uint8ClampedArray(16).fill(255), 4)]).toEqual(new Array(16).fill(1))
    const region = new Uint8ClampedArray(16).map((_, i) => (i > 7 ? 255 : 0))
    expect([...softMask(region, 0)]).toEqual([...region].map((value) => value / 255))
  })
})

/** What training and evaluation take as an edit's region, written by the pipeline: landmarks before and after, and the region as bits. */
interface GoldenRegion {
  part: 'mouth' | 'nose' | 'eyes' | 'brows'
  before: Landmarks68
  after: Landmarks68
  sizePx: number
  /** Base64, eight pixels a byte, the first one in the highest bit. */
  bits: string
}

const EDITED: Record<GoldenRegion['part'], readonly Part[]> = {
  mouth: ['mouth'],
  nose: ['nose'],
  eyes: ['leftEye', 'rightEye'],
  brows: ['leftBrow', 'rightBrow'],
}

describe('the region of an edit, as training has it', () => {
  const cases = JSON.parse(readFileSync(new URL('../../tests/golden/editRegions.json', import.meta.url), 'utf8')) as GoldenRegion[]
  const lines = (landmarks: Landmarks68): PartLine[] =>
    contoursOf(landmarks).map(({ part, points }) => ({ part, points: points.flatMap((v, i) => (i % 2 ? [v, 0.5] : [v])) }))

  it.each(cases.map((golden, n) => [golden.part, n, golden] as const))('%s, case %i', (part, _, golden) => {
    const region = editRegion(lines(golden.before), lines(golden.after), EDITED[part], golden.sizePx)
    const bytes = Buffer.from(golden.bits, 'base64')
    const expected = Uint8Array.from({ length: golden.sizePx ** 2 }, (_, i) => (((bytes[i >> 3] ?? 0) >> (7 - (i % 8))) & 1) * 255)
    // Hulls of pixels there and of lines here: they may differ by a pixel along the edge.
    const toInside = squaredDistances(golden.sizePx, (i) => (expected[i] ?? 0) > 0)
    const toOutside = squaredDistances(golden.sizePx, (i) => expected[i] === 0)
    const wrong = [...region.keys()].filter((i) => region[i] !== expected[i])
    const farthest = Math.max(0, ...wrong.map((i) => Math.sqrt(Math.max(toInside[i] ?? 0, toOutside[i] ?? 0))))
    expect(farthest, part).toBeLessThan(2)
    expect(wrong.length, part).toBeLessThan(0.05 * area(region))
  })
})
