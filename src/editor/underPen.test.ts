import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Stroke } from './document'
import { places, TestEditor } from './testEditor'

/** An editor and what a watcher of its pen was told; the document's strokes at that moment come along. */
function watched(settings = {}) {
  const hand = new TestEditor({ settings })
  const told: { strokes: readonly Stroke[]; drawn: number }[] = []
  const stop = hand.editor.watchPen((strokes) => told.push({ strokes, drawn: hand.strokes.length }))
  return { hand, told, stop }
}

afterEach(() => void vi.useRealTimers())

describe('the strokes under the pen', () => {
  it('are told when it comes down, and all of them when it is lifted before the document changes', () => {
    const { hand, told } = watched({ smoothing: 1 })
    const stroke = hand.draw([100, 100], [200, 120], [220, 300])
    expect(told.map(({ drawn }) => drawn)).toEqual([0, 0])
    expect(told[0]?.strokes.map(places)).toEqual([[[100, 100]]])
    expect(told[1]?.strokes.map(({ id }) => id)).toEqual([stroke.id])
    expect(places(told[1]?.strokes[0]).at(-1)).toEqual([220, 300])
  })

  it('are told ten times a second while it moves, as they stand', () => {
    const { hand, told } = watched()
    hand.press(10, 100).drag(410, 100, 50)
    // 50 moves of 8 ms.
    expect(told).toHaveLength(1 + 3)
    const ends = told.map(({ strokes }) => places(strokes[0]).at(-1)?.[0] ?? 0)
    expect(ends).toEqual([...ends].sort((a, b) => a - b))
    const before = told[1]?.strokes[0]?.points.length
    hand.drag(500, 100).lift()
    expect(told[1]?.strokes[0]?.points).toHaveLength(before ?? 0)
  })

  it('are told of a pen that rests, once, and never after it was lifted or dropped', () => {
    vi.useFakeTimers()
    const { hand, told } = watched()
    hand.press(10, 100).drag(60, 100)
    expect(told).toHaveLength(1)
    vi.advanceTimersByTime(100)
    expect(told.map(({ strokes }) => places(strokes[0]).at(-1))).toEqual([
      [10, 100],
      [60, 100],
    ])
    vi.advanceTimersByTime(1_000)
    expect(told).toHaveLength(2)
    hand.drag(70, 100).lift()
    hand.press(10, 200).drag(60, 200)
    hand.editor.cancel()
    const lengths = told.map(({ strokes }) => strokes.length)
    vi.advanceTimersByTime(1_000)
    expect(told.map(({ strokes }) => strokes.length)).toEqual(lengths)
    expect(lengths.at(-1)).toBe(0)
  })

  it('come with their mirror image, and with a part that was chosen', () => {
    const { hand, told } = watched({ symmetry: true, penPart: 'leftBrow' })
    hand.draw([100, 100], [200, 120])
    expect(told.at(-1)?.strokes.map(({ part, partIsChosen }) => [part, partIsChosen])).toEqual([
      ['leftBrow', true],
      ['rightBrow', true],
    ])
    expect(told.at(-1)?.strokes.map(({ id }) => id)).toEqual(hand.strokes.map(({ id }) => id))
  })

  it.each([
    ['Escape', (hand: TestEditor) => hand.editor.cancel()],
    ['undo', (hand: TestEditor) => hand.undo()],
    ['another document', (hand: TestEditor) => hand.editor.load(hand.document)],
    ['a pen after a palm', (hand: TestEditor) => hand.editor.pointerDown(hand.event(0, 0, { pointerType: 'pen', pointerId: 2 }))],
  ])('are taken back by %s', (_, drop) => {
    const { hand, told } = watched()
    hand.with({ pointerType: 'touch' }).press(100, 100).drag(200, 200)
    drop(hand)
    expect(told.map(({ strokes }) => strokes.length).slice(0, 2)).toEqual([1, 0])
  })

  it('are those of the pen alone, and nobody is told who does not want to be', () => {
    const { hand, told, stop } = watched()
    hand.draw([100, 100], [200, 100])
    told.length = 0
    hand.tool('select').press(150, 100).drag(150, 200).lift()
    hand.tool('eraser').press(150, 200).drag(160, 200).lift()
    expect(told).toEqual([])
    stop()
    hand.draw([100, 100], [200, 100])
    expect(told).toEqual([])
  })
})
