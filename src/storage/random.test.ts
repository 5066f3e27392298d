import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { SketchDocument, Stroke } from '../editor/document'
import { applyDelta, diffStrokes } from './delta'
import { openStorage } from './storage'
import { documentOf, freshDatabaseName, lockTable, strokeOf } from './testing'

/** A small generator of its own (mulberry32), so that a failure can be repeated. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Any edit that the editor could commit: draw, erase, change, move in order, clear, undo. */
function edit(
  strokes: readonly Stroke[],
  past: readonly (readonly Stroke[])[],
  step: number,
  random: (below: number) => number,
): readonly Stroke[] {
  const at = random(Math.max(1, strokes.length))
  const stroke = strokes[at]
  const kind = random(10)
  if (!stroke || kind < 4) return [...strokes, strokeOf(`s${step}`, { points: [step, random(512), 0.5] })]
  if (kind < 6) return strokes.filter((_, i) => i !== at && i !== at + 2)
  if (kind < 8) return strokes.map((each, i) => (i === at || random(5) === 0 ? { ...each, widthPx: 1 + random(8) } : each))
  if (kind < 9) return [...strokes.slice(at), ...strokes.slice(0, at)]
  return past[random(past.length)] ?? []
}

describe('any sequence of edits', () => {
  it.each([1, 2, 3, 4, 5])('is brought back by its deltas (seed %i)', (seed) => {
    const random = randomOf(seed)
    const past: (readonly Stroke[])[] = [[]]
    let replayed: readonly Stroke[] = []
    for (let step = 0; step < 300; step++) {
      const before = past.at(-1) ?? []
      const after = edit(before, past, step, random)
      const delta = diffStrokes(before, after)
      if (delta) replayed = applyDelta(replayed, structuredClone(delta)) ?? []
      expect(replayed).toEqual(after)
      past.push(after)
    }
  })

  it.each([11, 12])('survives kills at any moment (seed %i)', async (seed) => {
    const random = randomOf(seed)
    const databaseName = freshDatabaseName()
    const openTab = () => openStorage({ databaseName, locks: lockTable() })
    const past: (readonly Stroke[])[] = [[]]
    let session = await (await openTab()).sketches.create(documentOf('d', ['first']))
    let document: SketchDocument = session.document
    for (let step = 0; step < 250; step++) {
      document = { ...document, strokes: edit(document.strokes, past, step, random) }
      past.push(document.strokes)
      const durable = session.record(document)
      // Sometimes several changes pile up; a kill comes only after the last promise that was waited for.
      if (random(3) === 0) continue
      await durable
      if (random(12) > 0) continue
      session = await (await openTab()).sketches.open('d')
      expect(session.notices).toEqual([])
      expect(session.document.strokes).toEqual(document.strokes)
      document = session.document
    }
  })
})
