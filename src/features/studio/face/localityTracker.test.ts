import { describe, expect, it } from 'vitest'
import type { SketchDocument, Stroke } from '../../../editor/document'
import type { EditRun } from '../../../editor/types'
import type { Part } from '../../../faces/parts'
import { about, IDENTITY } from '../../../faces/similarity'
import { changedParts, type LocalityInput, LocalityTracker, type SettledFace } from './localityTracker'

const SIZE = 64

const stroke = (id: string, part: Part, y: number): Stroke => ({
  id,
  part,
  partIsChosen: false,
  widthPx: 2,
  usesPressure: false,
  points: [200, y, 0.5, 300, y, 0.5],
})

const page = (...strokes: Stroke[]): SketchDocument => ({ version: 1, id: 'page', name: '', tags: [], strokes })
const run = (baseRevision: number, base: SketchDocument, ...parts: Part[]): EditRun => ({ parts, base, baseRevision })
const settled = (document: SketchDocument, conditions = 'same'): SettledFace => ({
  revision: 1,
  document,
  pixels: new Uint8ClampedArray(SIZE * SIZE * 4),
  conditions,
})

const EMPTY = page()
const MOUTH = stroke('m', 'mouth', 395)

const input = (changes: Partial<LocalityInput>): LocalityInput => ({
  mode: 'lock',
  document: page(MOUTH),
  editRun: run(0, EMPTY, 'mouth'),
  isPreview: false,
  look: {},
  conditions: 'same',
  settled: settled(EMPTY),
  sizePx: SIZE,
  placement: IDENTITY,
  rasterize: () => new Uint8ClampedArray(SIZE * SIZE),
  ...changes,
})

describe('LocalityTracker', () => {
  it('seeks the edited region where the drawing is placed, not where it lies', () => {
    const middleOf = (region: Uint8ClampedArray | null): number => {
      const inside = [...(region ?? [])].flatMap((value, i) => (value > 0 ? [Math.floor(i / SIZE)] : []))
      return inside.reduce((sum, row) => sum + row, 0) / inside.length
    }
    const up = about([256, 256], 1, 0, [0, -128])
    const before = page(stroke('old', 'mouth', 380))
    const at = (placement: typeof IDENTITY) =>
      new LocalityTracker().locality(
        input({ settled: settled(before), document: page(MOUTH), editRun: run(0, before, 'mouth'), placement }),
      ).region
    // The mean face's mouth stands in for the rest of it, and stays.
    expect(middleOf(at(up))).toBeLessThan(middleOf(at(IDENTITY)) - 5)
  })

  it('locks round the edited part', () => {
    const { lockOutside, reference, region } = new LocalityTracker().locality(input({}))
    expect(lockOutside).toBe(true)
    expect(reference).not.toBeNull()
    const rows = [...(region ?? [])].flatMap((value, i) => (value > 0 ? [Math.floor(i / SIZE)] : []))
    expect(Math.min(...rows) / SIZE).toBeGreaterThan(0.6)
    expect(Math.max(...rows) / SIZE).toBeLessThan(0.95)
  })

  it('locks nothing when there is no face to lock, or the whole page was changed', () => {
    expect(new LocalityTracker().locality(input({ settled: null }))).toMatchObject({ lockOutside: false, reference: null, region: null })
    expect(new LocalityTracker().locality(input({ editRun: null }))).toMatchObject({ lockOutside: false, reference: null, region: null })
    expect(new LocalityTracker().locality(input({ conditions: 'another look' }))).toMatchObject({ lockOutside: false, reference: null })
  })

  it('keeps the reference for a run, and covers what a skipped face would have shown', () => {
    const tracker = new LocalityTracker()
    const first = settled(EMPTY)
    tracker.locality(input({ settled: first }))
    const second = tracker.locality(input({ document: page(MOUTH, stroke('m2', 'mouth', 400)), settled: settled(page(MOUTH)) }))
    expect(second.reference?.pixels).toBe(first.pixels)
    // The nose was drawn before the face of the mouth had come: both may change.
    const both = new LocalityTracker().locality(
      input({ document: page(MOUTH, stroke('n', 'nose', 330)), editRun: run(1, page(MOUTH), 'nose'), settled: first }),
    )
    const rows = new Set([...(both.region ?? [])].flatMap((value, i) => (value > 0 ? [Math.floor(i / SIZE)] : [])))
    expect(rows.has(Math.round((330 / 512) * SIZE))).toBe(true)
    expect(rows.has(Math.round((395 / 512) * SIZE))).toBe(true)
  })

  it('pins the base until the hold is released, the look changes or another sketch is opened', () => {
    const tracker = new LocalityTracker()
    const id = (changes: Partial<LocalityInput>) => tracker.locality(input({ mode: 'hold', ...changes })).hold?.id
    const first = id({})
    expect(id({ document: page(MOUTH, stroke('m2', 'mouth', 400)) })).toBe(first)
    const look = id({ look: { age: 40 } })
    expect(look).not.toBe(first)
    expect(id({ look: { age: 40 }, document: { ...page(), id: 'other' } })).not.toBe(look)
    const before = id({})
    tracker.releaseHold()
    expect(id({})).not.toBe(before)
    expect(tracker.locality(input({ mode: 'plain' })).hold).toBeNull()
  })
})

describe('changedParts', () => {
  it('names the parts of strokes that came or went', () => {
    const nose = stroke('n', 'nose', 330)
    expect([...changedParts({ strokes: [MOUTH, nose] }, { strokes: [nose, stroke('h', 'hair', 80)] })].sort()).toEqual(['hair', 'mouth'])
    expect(changedParts({ strokes: [nose] }, { strokes: [nose] }).size).toBe(0)
  })
})
