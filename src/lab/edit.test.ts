import { describe, expect, it } from 'vitest'
import type { Drawing } from './drawingSet'
import { isUnedited, linesBeyond, movedShare, partLinesOf } from './edit'

const eye = [10, 10, 30, 10]
const mouth = [10, 60, 30, 60]
const smile = [10, 60, 30, 70]
const before: Drawing = [eye, mouth]
// Read anew from a file: equal lines, other objects.
const after: Drawing = [[...eye], smile]

describe('an edit', () => {
  it('is the lines that one drawing has and the other has not', () => {
    expect(linesBeyond(after, before)).toEqual([smile])
    expect(linesBeyond(before, after)).toEqual([mouth])
    expect(isUnedited({ before, after })).toBe(false)
    expect(isUnedited({ before, after: [[...mouth], [...eye]] })).toBe(true)
    expect(isUnedited({ before: [], after: [] })).toBe(true)
  })

  it('has one object for a line of both drawings, so that its region is where they differ', () => {
    const [old, now] = partLinesOf({ before, after })
    expect(now[0]).toBe(old[0])
    expect(now[1]).not.toBe(old[1])
    expect(now[1]).toEqual({ part: 'other', points: [10, 60, 0.5, 30, 70, 0.5] })
  })
})

it('tells the share of places that moved', () => {
  expect(movedShare([0, 0, 1e-9, 2])).toBe(0.5)
  expect(movedShare([])).toBe(0)
})
