import { describe, expect, it } from 'vitest'
import type { Part } from '../faces/parts'
import { about, applyToFlat, IDENTITY, inverse } from '../faces/similarity'
import { CHANGES } from '../faces/wholeFace'
import { nearestOnPolyline } from '../shared/polyline'
import { emptyDocument, POINT_STRIDE, type SketchDocument, type Stroke } from './document'
import { meanFaceStrokes } from './meanFaceStrokes'
import { changedStrokes, type WholeFaceOptions, wholeFacePage } from './wholeFaceEdit'

let ids = 0
const newId = (): string => `s${ids++}`
const options: WholeFaceOptions = { placement: IDENTITY, standIns: true, newId }

const pageOf = (strokes: readonly Stroke[], more: Partial<SketchDocument> = {}): SketchDocument => ({
  ...emptyDocument('d'),
  strokes,
  ...more,
})
const stroke = (part: Part, points: readonly number[]): Stroke => ({
  id: newId(),
  part,
  partIsChosen: false,
  widthPx: 3,
  usesPressure: true,
  points,
})
const changed = (document: SketchDocument, amounts: Parameters<typeof changedStrokes>[1], more: Partial<WholeFaceOptions> = {}) =>
  changedStrokes(wholeFacePage(document, { ...options, ...more }), amounts)
const ends = ({ points }: Stroke): [number, number, number, number] => [
  points[0] ?? 0,
  points[1] ?? 0,
  points.at(-POINT_STRIDE) ?? 0,
  points.at(-POINT_STRIDE + 1) ?? 0,
]

describe('a change of the whole face on the page', () => {
  it('gives the very strokes back at 0', () => {
    const document = pageOf(meanFaceStrokes(newId))
    const page = wholeFacePage(document, options)
    changedStrokes(page, { age: 1 })
    expect(changedStrokes(page, { age: 0, width: 0 })).toBe(document.strokes)
  })

  it('keeps what a stroke is, and every id', () => {
    const document = pageOf(meanFaceStrokes(newId))
    const after = changed(document, { width: 1 })
    expect(after.map(({ id, part, widthPx }) => [id, part, widthPx])).toEqual(
      document.strokes.map(({ id, part, widthPx }) => [id, part, widthPx]),
    )
    expect(after.some((each, i) => each === document.strokes[i])).toBe(false)
  })

  it('keeps lines that meet together, at both ends of every slider', () => {
    const strokes = meanFaceStrokes(newId)
    for (const change of CHANGES) {
      for (const amount of [-1, 1]) {
        const after = changed(pageOf(strokes), { [change]: amount })
        for (const [i, a] of strokes.entries()) {
          for (const [j, b] of strokes.entries()) {
            const [, , x, y] = ends(a)
            const [u, v] = ends(b)
            if (i === j || Math.hypot(x - u, y - v) > 0.1) continue
            const [, , x2, y2] = ends(after[i] ?? a)
            const [u2, v2] = ends(after[j] ?? b)
            expect(Math.hypot(x2 - u2, y2 - v2)).toBeLessThan(0.2)
          }
        }
      }
    }
  })

  it('bends a long straight line with what lies beside it', () => {
    const line = stroke('other', [100, 400, 0.5, 412, 400, 0.9])
    const [after] = changed(pageOf([line]), { jaw: 1 }, { standIns: false })
    expect(after?.points.length).toBeGreaterThan(2 * POINT_STRIDE)
    expect(after?.points[2]).toBe(0.5)
    expect(after?.points.at(-1)).toBe(0.9)
  })

  it('takes hair and beard along', () => {
    const hair = stroke('hair', [100, 250, 0.5, 110, 150, 0.5, 256, 90, 0.5, 402, 150, 0.5, 412, 250, 0.5])
    const beard = stroke('hair', [200, 470, 0.5, 256, 490, 0.5, 312, 470, 0.5])
    const [hairAfter, beardAfter] = changed(pageOf([hair, beard]), { width: 1 })
    expect(ends(hairAfter ?? hair)[0]).toBeLessThan(ends(hair)[0] - 4)
    expect(ends(hairAfter ?? hair)[2]).toBeGreaterThan(ends(hair)[2] + 4)
    expect(ends(beardAfter ?? beard)[1]).toBeLessThan(ends(beard)[1] - 4)
  })

  it('makes strokes of lines that stand in, except for parts that were left out', () => {
    const all = changed(pageOf([]), { age: 1 })
    expect(all).toHaveLength(13)
    expect(all.every(({ partIsChosen, usesPressure }) => partIsChosen && !usesPressure)).toBe(true)
    const without = changed(pageOf([], { leftOut: ['nose', 'mouth'] }), { age: 1 })
    expect(without.some(({ part }) => part === 'nose' || part === 'mouth')).toBe(false)
    expect(changed(pageOf([]), { age: 1 }, { standIns: false })).toEqual([])
  })

  it('gives a stand-in the same id for every amount', () => {
    const page = wholeFacePage(pageOf([]), options)
    const idsOf = (amount: number) => changedStrokes(page, { jaw: amount }).map(({ id }) => id)
    expect(idsOf(0.4)).toEqual(idsOf(0.8))
  })

  it('leaves the mean face standing in for what a caricature does not move', () => {
    expect(changed(pageOf([]), { caricature: 1 })).toEqual([])
    const [brow] = meanFaceStrokes(newId).filter(({ part }) => part === 'leftBrow')
    if (!brow) throw new Error('no brow')
    const high: Stroke = { ...brow, points: brow.points.map((value, i) => (i % POINT_STRIDE === 1 ? value - 20 : value)) }
    const after = changed(pageOf([high]), { caricature: 1 })
    const moved = nearestOnPolyline(after[0]?.points ?? [], POINT_STRIDE, brow.points[3] ?? 0, (brow.points[4] ?? 0) - 40)
    expect(moved.distance).toBeLessThan(6)
    expect(after.some(({ part }) => part === 'jaw')).toBe(false)
  })

  it('changes a drawing that lies elsewhere just as one in its place', () => {
    const strokes = meanFaceStrokes(newId)
    const placement = about([256, 256], 1.3, 9, [14, -20])
    const elsewhere = strokes.map((each) => ({ ...each, points: applyToFlat(inverse(placement), each.points, POINT_STRIDE) }))
    const inPlace = changed(pageOf(strokes), { sex: 1 })
    const placed = changed(pageOf(elsewhere), { sex: 1 }, { placement })
    for (const [i, each] of placed.entries()) {
      const back = applyToFlat(placement, each.points, POINT_STRIDE)
      const target = inPlace[i]?.points ?? []
      for (let k = 0; k + 1 < back.length; k += POINT_STRIDE) {
        expect(nearestOnPolyline(target, POINT_STRIDE, back[k] ?? 0, back[k + 1] ?? 0).distance).toBeLessThan(1)
      }
    }
  })
})
