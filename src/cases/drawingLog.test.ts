import { describe, expect, it } from 'vitest'
import { emptyDocument, type SketchDocument, type Stroke } from '../editor/document'
import { mulberry32 } from '../shared/rng'
import { type Entry, nextEntry } from './chain'
import { drawingAfter, drawingSteps, sameDrawing, strokeChange, withChange } from './drawingLog'

const stroke = (id: string, x = 10.123456789): Stroke => ({
  id,
  part: 'jaw',
  partIsChosen: false,
  widthPx: 2.5,
  usesPressure: true,
  points: [x, 20, 0.5, 30.1, 1 / 3, 0.7],
})
const AT = new Date('2026-11-28T03:00:00.000Z')

describe('a drawing and its log', () => {
  it('puts every state together again that random editing went through', () => {
    const random = mulberry32(7)
    const pick = (length: number): number => Math.floor(random() * length)
    let document = emptyDocument('sk', 'Name')
    const states: SketchDocument[] = []
    const entries: Entry[] = []
    for (let i = 0; i < 300; i++) {
      const strokes = [...document.strokes]
      const what = pick(5)
      if (what === 0 && strokes.length > 0) strokes.splice(pick(strokes.length), 1 + pick(3))
      else if (what === 1 && strokes.length > 1) strokes.reverse()
      else if (what === 2 && strokes.length > 0) strokes[pick(strokes.length)] = stroke(strokes[0]?.id ?? '', i)
      else strokes.splice(pick(strokes.length + 1), 0, stroke(`s${i}`, i / 7))
      const next: SketchDocument = {
        ...document,
        strokes,
        ...(i % 9 === 0 ? { leftOut: ['jaw'] } : {}),
        ...(i % 50 === 0 ? { unplaced: true } : {}),
      }
      const change = strokeChange('sk', document, next)
      document = next
      if (!change) continue
      entries.push(nextEntry(entries.at(-1) ?? null, AT, 'change', change))
      states.push(document)
    }
    const steps = drawingSteps(entries, 'sk')
    expect(steps).toHaveLength(states.length)
    expect(steps.every((step, i) => sameDrawing(step.document, states[i] as SketchDocument))).toBe(true)
    expect(drawingAfter(entries, 'other')).toBeNull()
  })

  it('says nothing where nothing that makes ink has changed', () => {
    const before = { ...emptyDocument('sk'), strokes: [stroke('a')] }
    expect(strokeChange('sk', before, { ...before, name: 'Other' } as SketchDocument)).toBeNull()
    expect(strokeChange('sk', before, { ...before, leftOut: ['jaw'] })).toMatchObject({
      start: 1,
      deleted: 0,
      insert: [],
      leftOut: ['jaw'],
    })
  })

  it('refuses a change that belongs to another drawing', () => {
    const before = { ...emptyDocument('sk'), strokes: [stroke('a')] }
    expect(withChange(before, { sketch: 'sk', start: 1, deleted: 1, insert: [] })).toBeNull()
    expect(withChange(before, { sketch: 'sk', start: 0, deleted: 1, insert: ['b'] })).toBeNull()
  })
})
