import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import type { Stroke } from './document'
import { type InkLine, inkLineOf, rasterize, strokeToInkLine } from './rasterizer'

const at = (grey: Uint8ClampedArray, sizePx: number, x: number, y: number): number | undefined => grey[y * sizePx + x]
const stroke = (points: readonly number[], more: Partial<Stroke> = {}): Stroke => ({
  ...{ id: 's', part: 'other', partIsChosen: false, widthPx: 2, usesPressure: true },
  points,
  ...more,
})

describe('the rasteriser, by hand', () => {
  it('gives white paper for nothing', () => {
    expect(new Set(rasterize([], 16))).toEqual(new Set([255]))
  })

  it('draws a level 2-px line at 256 as one black row when it runs through pixel centres', () => {
    // y = 201 in the sketch is 100.5 in the bitmap, the centre of row 100; radius 0.5, so coverage is 1 there and 0 at distance 1.
    const grey = rasterize([[100, 201, 2, 300, 201, 2]], 256)
    expect(at(grey, 256, 100, 100)).toBe(0)
    expect(at(grey, 256, 100, 99)).toBe(255)
    expect(at(grey, 256, 100, 101)).toBe(255)
  })

  it('draws the same line between two rows as two rows of half ink', () => {
    const grey = rasterize([[100, 200, 2, 300, 200, 2]], 256)
    for (const y of [99, 100]) expect(at(grey, 256, 100, y)).toBe(128)
    expect(at(grey, 256, 100, 98)).toBe(255)
  })

  it('draws a dot as a disc with a soft rim', () => {
    // Radius 4 at 512: full ink up to 3.5 px from the centre, half at 4, none from 4.5.
    const grey = rasterize([[256.5, 256.5, 8]], 512)
    expect(at(grey, 512, 256, 256)).toBe(0)
    expect(at(grey, 512, 259, 256)).toBe(0)
    expect(at(grey, 512, 260, 256)).toBe(128)
    expect(at(grey, 512, 261, 256)).toBe(255)
    expect(at(grey, 512, 252, 256)).toBe(128)
  })

  it('keeps a thin line visible: at 64 a 2-px line is a quarter pixel wide, and drawn one wide', () => {
    const grey = rasterize([[8, 84, 2, 500, 84, 2]], 64)
    expect(at(grey, 64, 30, 10)).toBe(0)
  })

  it('tapers along a line whose width changes', () => {
    const grey = rasterize([[100.5, 100.5, 2, 200.5, 100.5, 12]], 512)
    const inked = (x: number): number =>
      Array.from({ length: 512 }, (_, y) => at(grey, 512, x, y) ?? 255).filter((value) => value < 128).length
    expect(inked(110)).toBe(3)
    expect(inked(150)).toBe(7)
    expect(inked(195)).toBe(11)
  })

  it('cuts lines off at the page, and ignores lines that lie outside', () => {
    const grey = rasterize(
      [
        [-100, 130, 4, 600, 130, 4],
        [-50, -50, 4, -10, 700, 4],
        [700, 700, 8],
      ],
      128,
    )
    expect(at(grey, 128, 0, 32)).toBe(0)
    expect(at(grey, 128, 127, 32)).toBe(0)
    expect(grey.filter((value) => value < 255)).toHaveLength(128)
  })

  it('takes the darkest where lines overlap, in whatever order', () => {
    const lines = randomLines(mulberry32(9), 12)
    const grey = rasterize(lines, 128)
    expect(rasterize([...lines].reverse(), 128)).toEqual(grey)
    expect(rasterize([...lines, ...lines], 128)).toEqual(grey)
  })
})

describe('pressure', () => {
  it('scales the width from a half to one and a half, 0.5 being neutral, and not when it is turned off', () => {
    const points = [0, 0, 0, 10, 0, 0.5, 20, 0, 1]
    expect(strokeToInkLine(stroke(points))).toEqual([0, 0, 1, 10, 0, 2, 20, 0, 3])
    expect(strokeToInkLine(stroke(points, { usesPressure: false }))).toEqual([0, 0, 2, 10, 0, 2, 20, 0, 2])
  })

  it('is worked out once a stroke', () => {
    const one = stroke([0, 0, 0.5])
    expect(inkLineOf(one)).toBe(inkLineOf(one))
    expect(inkLineOf(one)).toEqual(strokeToInkLine(one))
  })
})

// ---------------------------------------------------------------- the fixture shared with the pipeline's port

interface Fixture {
  name: string
  sizePx: number
  lines: number[][]
  /** Base64 of `[sizePx · sizePx]` bytes. */
  grey: string
}

const FIXTURE = new URL('../../tests/golden/rasterizer.json', import.meta.url)

function randomLines(random: () => number, count: number, spread = 1): number[][] {
  const hundredth = (value: number): number => Math.round(value * 100) / 100
  return Array.from({ length: count }, () => {
    let [x, y] = [512 * random(), 512 * random()]
    return Array.from({ length: 1 + Math.floor(random() * 14) }, () => {
      x += 90 * (random() - 0.5) * spread
      y += 90 * (random() - 0.5) * spread
      return [hundredth(x), hundredth(y), hundredth(0.5 + 10 * random() * random())]
    }).flat()
  })
}

function fixtureCases(): Omit<Fixture, 'grey'>[] {
  const random = mulberry32(20261120)
  const page: InkLine = [0, 0, 2, 512, 512, 2]
  const edges = [...page, ...[512, 0, 3, 0, 512, 3]]
  return [
    {
      name: 'by hand: diagonals, a dot, a level and an upright line, a doubled point',
      sizePx: 64,
      lines: [edges, [256, 100, 8], [10, 201, 2, 500, 201, 2], [33, 0, 2, 33, 512, 2], [300, 300, 4, 300, 300, 4]],
    },
    { name: 'random lines at 64', sizePx: 64, lines: randomLines(random, 10) },
    { name: 'random lines at 256', sizePx: 256, lines: randomLines(random, 14) },
    { name: 'long lines far off the page at 256', sizePx: 256, lines: randomLines(random, 12, 9) },
    { name: 'short, curly lines at 256', sizePx: 256, lines: randomLines(random, 40, 0.15) },
    { name: 'long lines off the page at 64', sizePx: 64, lines: randomLines(random, 8, 5) },
  ]
}

describe('the fixture shared with the port in the pipeline', () => {
  // UPDATE_GOLDEN=1 writes it anew, after a deliberate change of the rasteriser; the port's test then has to pass too.
  if (process.env.UPDATE_GOLDEN === '1') {
    const cases = fixtureCases().map((one) => ({ ...one, grey: Buffer.from(rasterize(one.lines, one.sizePx)).toString('base64') }))
    writeFileSync(FIXTURE, `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
  }
  const fixtures = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Fixture[]

  it('has several sizes, widths, and lines that leave the page', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(6)
    expect(new Set(fixtures.map((one) => one.sizePx))).toEqual(new Set([64, 256]))
    expect(fixtures.some((one) => one.lines.flat().some((value) => value < -100))).toBe(true)
  })

  it.each(fixtures)('$name: every byte', ({ sizePx, lines, grey }) => {
    const expected = Buffer.from(grey, 'base64')
    expect(expected).toHaveLength(sizePx * sizePx)
    expect(Buffer.compare(Buffer.from(rasterize(lines, sizePx)), expected)).toBe(0)
  })
})
