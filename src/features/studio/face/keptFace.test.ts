import { describe, expect, it } from 'vitest'
import { emptyDocument, type SketchDocument } from '../../../editor/document'
import { IDENTITY } from '../../../faces/similarity'
import { START } from './faceTypes'
import { FaceMemory, inkOf, type KeptFace, readKeptFace } from './keptFace'

const drawing = (widthPx = 2): SketchDocument => ({
  ...emptyDocument('d'),
  strokes: [{ id: 's', part: 'mouth', partIsChosen: false, widthPx, usesPressure: true, points: [1, 2, 0.5, 3, 4, 0.5] }],
})
const face = { pixels: new Uint8ClampedArray(16).fill(7), sizePx: 2, elapsedMs: 5 }
const madeBy = { model: 'live', weights: ['ab12'], look: { age: 40 } }
const generated = { ...face, revision: 1, change: null, madeBy }

/** What a page saves, as a database gives it to the next. */
function saved(document: SketchDocument, locality: 'plain' | 'lock'): KeptFace | null {
  let kept: KeptFace | null = null
  const memory = new FaceMemory({ kept: null, save: (next) => (kept = next) }, document.id)
  memory.keep(generated, document, 'conditions', { ...START, locality, placement: IDENTITY }, null)
  return readKeptFace(structuredClone(kept))
}

const reloaded = (kept: KeptFace | null, id = 'd') => new FaceMemory({ kept, save: () => undefined }, id)

describe('a locked face', () => {
  it('is there after a reload, once, for the same drawing under the same conditions', () => {
    const memory = reloaded(saved(drawing(), 'lock'))
    expect(memory.found?.locality).toBe('lock')
    expect(memory.take(drawing(), 'conditions', 9)).toEqual({ ...face, revision: 9, change: null, madeBy })
    expect(memory.take(drawing(), 'conditions', 9)).toBeNull()
  })

  it('of an earlier version does not say what made it', () => {
    const kept = saved(drawing(), 'lock')
    if (!kept) throw new Error('expected a face')
    const { madeBy: _, ...bare } = kept.face
    expect(reloaded({ ...kept, face: bare }).take(drawing(), 'conditions', 9)?.madeBy).toBeNull()
  })

  it('is not taken for another drawing, other conditions, or another sketch', () => {
    expect(reloaded(saved(drawing(), 'lock')).take(drawing(3), 'conditions', 9)).toBeNull()
    expect(reloaded(saved(drawing(), 'lock')).take(drawing(), 'other', 9)).toBeNull()
    expect(reloaded(saved(drawing(), 'lock'), 'another').found).toBeNull()
  })

  it('is kept only while it is held or locked', () => {
    expect(saved(drawing(), 'plain')).toBeNull()
    const saves: (KeptFace | null)[] = []
    const memory = new FaceMemory({ kept: saved(drawing(), 'lock'), save: (next) => saves.push(next) }, 'd')
    memory.keep(generated, drawing(), 'conditions', START, null)
    memory.keep(generated, drawing(), 'conditions', START, null)
    expect(saves).toEqual([null])
  })
})

it('tells drawings apart by everything that makes ink, and by nothing else', () => {
  const document = drawing()
  const [stroke] = document.strokes
  if (!stroke) throw new Error('There is no stroke.')
  expect(inkOf({ ...document, name: 'other', tags: ['x'] } as SketchDocument)).toBe(inkOf(document))
  const others = [
    { ...document, strokes: [] },
    { ...document, leftOut: ['nose' as const] },
    { ...document, strokes: [{ ...stroke, part: 'nose' as const }] },
    { ...document, strokes: [{ ...stroke, usesPressure: false }] },
    { ...document, strokes: [{ ...stroke, points: [1, 2, 0.5, 3, 4.000001, 0.5] }] },
    { ...document, strokes: [stroke, stroke] },
  ]
  expect(new Set([document, ...others].map(inkOf)).size).toBe(others.length + 1)
})

it('takes damaged rows for none', () => {
  const whole = saved(drawing(), 'lock')
  for (const raw of [null, 7, {}, { ...whole, version: 2 }, { ...whole, face: { ...face, sizePx: 3 } }, { ...whole, locality: 'plain' }])
    expect(readKeptFace(raw)).toBeNull()
})
