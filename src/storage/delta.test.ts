import { describe, expect, it } from 'vitest'
import type { Stroke } from '../editor/document'
import { applyDelta, deltaBytes, deltaChecksum, diffStrokes, type StrokesDelta } from './delta'
import { strokeOf } from './testing'

const strokes = (ids: string): Stroke[] => [...ids].map((id) => strokeOf(id))
const through = (before: readonly Stroke[], after: readonly Stroke[]): Stroke[] | null =>
  applyDelta(before, structuredClone(diffStrokes(before, after)))

function diff(before: readonly Stroke[], after: readonly Stroke[]): StrokesDelta {
  const delta = diffStrokes(before, after)
  if (!delta) throw new Error('expected a change')
  return delta
}

describe('diffStrokes and applyDelta', () => {
  const before = strokes('abcdef')
  const [a, b, c, d, e, f] = before as [Stroke, Stroke, Stroke, Stroke, Stroke, Stroke]
  const moved = strokeOf('c', { points: [1, 2, 0.5] })

  it.each<[string, Stroke[]]>([
    ['a stroke added', [...before, strokeOf('g')]],
    ['a stroke added first', [strokeOf('g'), ...before]],
    ['strokes removed', [a, c, f]],
    ['a stroke changed', [a, b, moved, d, e, f]],
    ['strokes reordered', [a, e, d, moved, b, f]],
    ['everything removed', []],
    ['everything replaced', strokes('xyz')],
    ['two strokes with one id', [a, b, b, c]],
  ])('brings back %s', (_what, after) => {
    expect(through(before, after)).toEqual(after)
  })

  it('gives null when nothing changed, whether or not the array is the same', () => {
    expect(diffStrokes(before, before)).toBeNull()
    expect(diffStrokes(before, [...before])).toBeNull()
  })

  it('holds only what changed: one of 300 strokes costs no more than one of 3', () => {
    const many = Array.from({ length: 300 }, (_, i) => strokeOf(`s${i}`))
    const delta = diff(many, [...many, strokeOf('new')])
    expect(delta.insert).toHaveLength(1)
    expect(deltaBytes(delta)).toBe(deltaBytes(diff(before, [...before, strokeOf('new')])))
  })

  it('refuses strokes that it does not belong to', () => {
    const delta = diffStrokes(before, [a, moved])
    expect(applyDelta(before.slice(1), delta)).toBeNull()
    expect(applyDelta(strokes('zbcdef'), { ...delta, insert: ['missing'] })).toBeNull()
  })

  it.each([
    null,
    'text',
    {},
    { beforeCount: 6, start: -1, deleteCount: 0, insert: [] },
    { beforeCount: 6, start: 5, deleteCount: 9, insert: [] },
    { beforeCount: 6, start: 0, deleteCount: 0, insert: [{ ...strokeOf('n'), points: [1, 2, 3] }] },
    { beforeCount: 6, start: 0, deleteCount: 0, insert: [{ ...strokeOf('n'), points: Float64Array.of(1, Number.NaN, 0.5) }] },
    { beforeCount: 6, start: 0, deleteCount: 0, insert: [{ ...strokeOf('n'), points: Float64Array.of(1, 2) }] },
    { beforeCount: 6, start: 0, deleteCount: 0, insert: [{ ...strokeOf('n'), part: 'tail', points: new Float64Array(3) }] },
  ])('refuses damaged data %#', (raw) => {
    expect(applyDelta(before, raw)).toBeNull()
  })

  it('leaves out points that are not finite instead of losing the stroke', () => {
    const broken = strokeOf('n', { points: [1, 2, 0.5, Number.NaN, 4, 0.5, 5, 6, 0.5] })
    expect(through([], [broken])).toEqual([{ ...broken, points: [1, 2, 0.5, 5, 6, 0.5] }])
  })
})

describe('deltaChecksum', () => {
  const delta = diff(strokes('ab'), [...strokes('ab'), strokeOf('c')])

  it('survives storage and notices a changed coordinate, width or id', () => {
    expect(deltaChecksum(structuredClone(delta))).toBe(deltaChecksum(delta))
    const item = structuredClone(delta.insert[0])
    if (!item || typeof item === 'string') throw new Error('expected a stroke')
    expect(deltaChecksum({ ...delta, insert: [{ ...item, widthPx: 3 }] })).not.toBe(deltaChecksum(delta))
    expect(deltaChecksum({ ...delta, insert: [{ ...item, id: 'x' }] })).not.toBe(deltaChecksum(delta))
    item.points[0] = 10.250000001
    expect(deltaChecksum({ ...delta, insert: [item] })).not.toBe(deltaChecksum(delta))
  })
})
