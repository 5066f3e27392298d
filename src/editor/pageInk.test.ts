import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import type { Stroke } from './document'
import { pageInk } from './pageInk'
import { greyOf, inkLineOf, rasterize } from './rasterizer'

const random = mulberry32(3)
const at = (): number => 512 * random()
const stroke = (i: number): Stroke => ({
  id: `${i}`,
  part: 'other',
  partIsChosen: false,
  widthPx: 1 + 3 * random(),
  usesPressure: true,
  points: [at(), at(), random(), at(), at(), random()],
})
const page = Array.from({ length: 400 }, (_, i) => stroke(i))

describe('the ink of a page', () => {
  it('is the rasteriser’s, however the page grows, shrinks, changes and however large the bitmap is', () => {
    const changed = page.with(17, stroke(17))
    const pages = [
      page.slice(0, 5),
      page.slice(0, 300),
      page.slice(0, 301),
      page.slice(0, 299),
      page.slice(0, 180),
      page,
      [...page, stroke(400)],
      [...page, stroke(401)],
      changed,
      changed.slice(1),
      [],
      page,
    ]
    for (const strokes of pages) {
      for (const sizePx of [64, 48]) expect(greyOf(pageInk(strokes, sizePx))).toEqual(rasterize(strokes.map(inkLineOf), sizePx))
    }
  })

  it('is whoever asks for it’s own', () => {
    const before = greyOf(pageInk(page, 64))
    pageInk(page, 64).fill(1)
    expect(greyOf(pageInk(page, 64))).toEqual(before)
  })

  it('of one more stroke on 5,000 costs a fraction of all', () => {
    const crowded = Array.from({ length: 5_000 }, (_, i) => stroke(i))
    const timed = (work: () => unknown): number => {
      const started = performance.now()
      work()
      return performance.now() - started
    }
    const all = timed(() => rasterize(crowded.map(inkLineOf), 256))
    pageInk(crowded, 256)
    const more = Math.min(...[1, 2, 3, 4, 5].map((i) => timed(() => pageInk([...crowded, stroke(5_000 + i)], 256))))
    expect(more).toBeLessThan(all / 4)
  })
})
