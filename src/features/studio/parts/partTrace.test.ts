import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TestEditor } from '../../../editor/testEditor'
import { createPartTrace, type PartTrace } from './partTrace'

let hand: TestEditor
let trace: PartTrace

beforeEach(() => {
  vi.useFakeTimers()
  hand = new TestEditor()
  trace = createPartTrace(hand.editor)
})

afterEach(() => {
  trace.dispose()
  vi.useRealTimers()
})

const now = () => trace.store.getState()
const brow = [
  [145, 214],
  [168, 208],
  [195, 209],
  [230, 222],
] as const

it('tells the part while the pen is down, and offers the next best when it is up', () => {
  hand.press(145, 214)
  for (const [x, y] of brow) hand.drag(x, y)
  expect(now()).toMatchObject({ isDrawing: true, drawing: null })
  vi.advanceTimersByTime(200)
  expect(now().drawing).toBe('leftBrow')
  hand.lift()
  expect(now()).toMatchObject({ isDrawing: false, drawing: null, last: { part: 'leftBrow' } })
  expect(now().last?.offered).toContain('leftEye')
  expect(now().last?.offered).not.toContain('leftBrow')
})

it('takes a correction as the person’s word, undoable, mirrored strokes with it', () => {
  hand.editor.setSettings({ symmetry: true })
  hand.draw(...brow)
  trace.correct('leftEye')
  expect(hand.strokes.map(({ part, partIsChosen }) => [part, partIsChosen])).toEqual([
    ['leftEye', true],
    ['rightEye', true],
  ])
  expect(now().last?.part).toBe('leftEye')
  hand.undo()
  expect(hand.strokes.map(({ part }) => part)).toEqual(['leftBrow', 'rightBrow'])
  expect(now().last).toBeNull()
})

it('names the stroke under a hovering pointer, with the pen as with the select tool', () => {
  hand.draw(...brow)
  hand.draw([205, 392], [256, 406], [308, 391])
  for (const tool of ['pen', 'select', 'reshape'] as const) {
    hand.tool(tool).hover(168, 208)
    expect(now().hovered?.part).toBe('leftBrow')
    hand.hover(20, 20)
    expect(now().hovered).toBeNull()
  }
})

it('forgets the newest stroke when something else is done', () => {
  hand.draw(...brow)
  hand.editor.commands.clear()
  expect(now().last).toBeNull()
})
