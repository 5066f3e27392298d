import { describe, expect, it } from 'vitest'
import { parseTransform } from './affine'
import { parsePath } from './path'

describe('path data', () => {
  const vertices = (d: string) =>
    (parsePath(d) ?? []).map(({ x, y, segments }) =>
      [[x, y], ...segments.map((segment) => segment.slice(-2))].map((vertex) => vertex.map((value) => Math.round(value * 1e6) / 1e6)),
    )

  it.each<[string, number[][][]]>([
    [
      'M1 2L3 4',
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      'M1,2 3,4 5,6',
      [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
    ],
    [
      'm1 2 3 4',
      [
        [
          [1, 2],
          [4, 6],
        ],
      ],
    ],
    [
      'M1 2h3v4H0V0',
      [
        [
          [1, 2],
          [4, 2],
          [4, 6],
          [0, 6],
          [0, 0],
        ],
      ],
    ],
    [
      'M0 0l5 0 0 5z',
      [
        [
          [0, 0],
          [5, 0],
          [5, 5],
          [0, 0],
        ],
      ],
    ],
    [
      'M0 0L5 0z L9 9',
      [
        [
          [0, 0],
          [5, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [9, 9],
        ],
      ],
    ],
    [
      'M0 0L5 0zm10 10 1 1',
      [
        [
          [0, 0],
          [5, 0],
          [0, 0],
        ],
        [
          [10, 10],
          [11, 11],
        ],
      ],
    ],
    [
      'M-.5.5-1.5-2.5e1',
      [
        [
          [-0.5, 0.5],
          [-1.5, -25],
        ],
      ],
    ],
    [
      'M0 0C1 1 2 2 3 3s1 1 2 2',
      [
        [
          [0, 0],
          [3, 3],
          [5, 5],
        ],
      ],
    ],
    [
      'M0 0Q5 5 10 0t10 0T30 0',
      [
        [
          [0, 0],
          [10, 0],
          [20, 0],
          [30, 0],
        ],
      ],
    ],
    [
      'M10 10a5 5 0 1120 0',
      [
        [
          [10, 10],
          [20, 0],
          [30, 10],
        ],
      ],
    ],
    ['', []],
    ['  \n ', []],
  ])('%j', (d, expected) => {
    if (d.includes('a5')) expect(vertices(d)[0]?.at(-1)).toEqual([30, 10])
    else expect(vertices(d)).toEqual(expected)
  })

  it('mirrors the last control point for S and T', () => {
    expect(parsePath('M0 0C0 5 5 10 10 10S20 15 20 20')?.[0]?.segments[1]).toEqual([15, 10, 20, 15, 20, 20])
    expect(parsePath('M0 0L10 10S20 15 20 20')?.[0]?.segments[1]).toEqual([10, 10, 20, 15, 20, 20])
    expect(parsePath('M0 0Q3 3 6 0T12 0')?.[0]?.segments[1]?.slice(0, 4)).toEqual([8, -2, 10, -2])
  })

  it.each(['L1 2', '1 2', 'M1', 'M1 2L3', 'M NaN 3', 'M1 2X3 4', 'M1 2L1e999 4', 'M0 0A1 1 0 2 0 3 3', 'M0 0L#'])('refuses %j', (d) => {
    expect(parsePath(d)).toBeNull()
  })

  it('draws what comes before an error, as browsers do', () => {
    expect(parsePath('M0 0L3 4L5 NaN')?.[0]?.segments).toEqual([[3, 4]])
    expect(parsePath('M0 0z5')?.[0]?.segments).toHaveLength(1)
  })

  it('reads 200,000 segments', () => {
    expect(parsePath(`M0 0${'L1 1'.repeat(200_000)}`)?.[0]?.segments).toHaveLength(200_000)
  })
})

describe('parseTransform', () => {
  it('reads lists and refuses what it does not know', () => {
    expect(parseTransform('translate(1) scale(2,3)')).toEqual([2, 0, 0, 3, 1, 0])
    expect(parseTransform('skewX(45)')?.[2]).toBeCloseTo(1)
    expect(parseTransform('skewY(45)')?.[1]).toBeCloseTo(1)
    expect(parseTransform('')).toEqual([1, 0, 0, 1, 0, 0])
    expect(parseTransform('matrix(1 2 3)')).toBeNull()
    expect(parseTransform('scale(1e999)')).toBeNull()
    expect(parseTransform('none')).toEqual([1, 0, 0, 1, 0, 0])
    expect(parseTransform('rotate(0.25turn) translate(1in, 50%)')).toBeNull()
    expect(parseTransform('translate(1in,2px)')).toEqual([1, 0, 0, 1, 96, 2])
    expect(parseTransform('rotate(0.25turn)')?.[1]).toBeCloseTo(1)
  })
})
