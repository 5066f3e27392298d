import { describe, expect, it } from 'vitest'
import type { Stroke } from './document'
import { TestEditor } from './testEditor'

function drawn(): { test: TestEditor; moved: readonly Stroke[]; farther: readonly Stroke[] } {
  const test = new TestEditor()
  test.press(100, 100).drag(200, 100).lift()
  const shifted = (dy: number): Stroke[] =>
    test.strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((value, i) => (i % 3 === 1 ? value + dy : value)) }))
  return { test, moved: shifted(20), farther: shifted(40) }
}

describe('an adjustment of the page', () => {
  it('is shown as it goes and is one entry of the history', () => {
    const { test, moved, farther } = drawn()
    const before = test.document
    expect(test.editor.adjust('wholeFace', moved)).toBe(true)
    expect(test.preview.gesture).toBe(true)
    expect(test.editor.adjust('wholeFace', farther)).toBe(true)
    expect(test.preview.replacements).toBe(farther)
    expect(test.editor.previewDocument().strokes).toEqual(farther)
    expect(test.document).toBe(before)
    test.editor.endAdjustment()
    expect(test.strokes).toEqual(farther)
    expect(test.preview.gesture).toBe(false)
    expect(test.preview.hiddenStrokeIds.size).toBe(0)
    expect(test.editor.documentStore.getState().undoKind).toBe('wholeFace')
    test.editor.commands.undo()
    expect(test.document).toBe(before)
  })

  it('is no entry where it ended as it began', () => {
    const { test, moved } = drawn()
    const before = test.document
    test.editor.adjust('wholeFace', moved)
    test.editor.adjust('wholeFace', before.strokes)
    test.editor.endAdjustment()
    expect(test.document).toBe(before)
  })

  it('is taken back by undo and by Escape, and no earlier edit with it', () => {
    const { test, moved } = drawn()
    const before = test.document
    test.editor.adjust('wholeFace', moved)
    expect(test.editor.commands.undo()).toBe(true)
    expect(test.document).toBe(before)
    expect(test.preview.gesture).toBe(false)
    test.editor.adjust('wholeFace', moved)
    expect(test.editor.cancel()).toBe(true)
    test.editor.endAdjustment()
    expect(test.document).toBe(before)
  })

  it('is ended by a command and by the pen', () => {
    const { test, moved, farther } = drawn()
    test.editor.adjust('wholeFace', moved)
    test.editor.commands.rename('Ada')
    expect(test.strokes).toEqual(moved)
    expect(test.document.name).toBe('Ada')
    test.editor.adjust('wholeFace', farther)
    test.press(50, 300).drag(150, 300)
    expect(test.strokes).toEqual(farther)
    expect(test.preview.hiddenStrokeIds.size).toBe(0)
    test.lift()
    expect(test.strokes).toHaveLength(2)
  })

  it('waits for a gesture under way', () => {
    const { test, moved } = drawn()
    test.press(50, 300).drag(150, 300)
    expect(test.editor.adjust('wholeFace', moved)).toBe(false)
    test.editor.endAdjustment()
    expect(test.preview.gesture).toBe(true)
    test.lift()
    expect(test.strokes).toHaveLength(2)
  })
})

describe('another page', () => {
  it('comes with its tags, in one entry', () => {
    const { test, moved } = drawn()
    const before = test.document
    test.editor.commands.replacePage('randomFace', { strokes: moved, tags: ['face-7'] })
    expect([test.strokes, test.document.tags]).toEqual([moved, ['face-7']])
    test.editor.commands.undo()
    expect(test.document).toBe(before)
  })
})
