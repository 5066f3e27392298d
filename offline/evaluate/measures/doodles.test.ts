import { describe, expect, it } from 'vitest'
import { doodleLines, fitToHead, parseDoodles } from './doodles'

describe('parseDoodles', () => {
  it('reads strokes as flat points, one drawing a line', () => {
    const text = `${JSON.stringify({
      word: 'face',
      drawing: [
        [
          [0, 255],
          [10, 20],
        ],
        [[5], [6]],
      ],
    })}\n\n`
    expect(parseDoodles(text)).toEqual([
      [
        [0, 10, 255, 20],
        [5, 6],
      ],
    ])
  })

  it('refuses drawings of another kind', () => {
    expect(() => parseDoodles('{"word":"face"}')).toThrow('drawing 1')
    expect(() => parseDoodles('{"drawing":[[[1,null],[2,3]]]}')).toThrow('drawing 1')
  })
})

describe('fitToHead', () => {
  it('fills the head in one direction and keeps proportions', () => {
    const [outline = []] = fitToHead([[0, 0, 255, 0, 255, 255, 0, 255]])
    const xs = outline.filter((_, i) => i % 3 === 0)
    const ys = outline.filter((_, i) => i % 3 === 1)
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([82, 430])
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(348, 10)
    expect((Math.max(...ys) + Math.min(...ys)) / 2).toBeCloseTo(269, 10)
  })

  it('survives a single dot', () => {
    expect(
      fitToHead([[7, 7]])
        .flat()
        .every(Number.isFinite),
    ).toBe(true)
  })
})

describe('doodleLines', () => {
  it('keeps every stroke and lets the mean face stand in for what is missing', () => {
    const head: number[] = []
    for (let i = 0; i <= 60; i++) {
      const angle = (2 * Math.PI * i) / 60
      head.push(256 + 156 * Math.sin(angle), 270 - 200 * Math.cos(angle), 0.5)
    }
    const lines = doodleLines([head])
    expect(lines[0]?.slice(0, 3)).toEqual([256, 70, 2])
    expect(lines.length).toBeGreaterThan(8) // brows, eyes, nose, mouth stand in
    expect(doodleLines([])).toHaveLength(13)
  })
})
