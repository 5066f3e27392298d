import { describe, expect, it } from 'vitest'
import { places, TestEditor, threeLines } from './testEditor'

describe('the stroke eraser', () => {
  it('takes every stroke that it touches on its way, in one history entry', () => {
    const editor = threeLines()
    editor.tool('eraser').press(150, 90).drag(150, 210)
    expect(editor.preview.hiddenStrokeIds.size).toBe(2)
    expect(editor.editor.previewDocument().strokes).toHaveLength(1)
    expect(editor.strokes).toHaveLength(3)
    editor.lift()
    expect(editor.strokes.map((stroke) => places(stroke)[0]?.[1])).toEqual([300])
    editor.undo()
    expect(editor.strokes).toHaveLength(3)
  })

  it('crosses a stroke between two events far apart', () => {
    const editor = threeLines()
    editor.tool('eraser').press(150, 10).drag(250, 450, 1).lift()
    expect(editor.strokes).toHaveLength(0)
  })

  it('makes no history entry when it touches nothing, and brings all back on Escape', () => {
    const editor = threeLines()
    editor.tool('eraser').press(10, 10).drag(20, 20).lift()
    expect(editor.revision).toBe(3)
    editor.press(150, 90).drag(150, 310)
    editor.editor.cancel()
    expect(editor.preview.hiddenStrokeIds.size).toBe(0)
    expect(editor.strokes).toHaveLength(3)
    expect(editor.revision).toBe(3)
  })

  it('shows its circle wherever it hovers, until the pointer leaves', () => {
    const editor = threeLines().tool('eraser').hover(40, 50)
    expect(editor.preview.eraser).toEqual({ x: 40, y: 50, radiusPx: 8 })
    editor.editor.pointerLeave()
    expect(editor.preview.eraser).toBeNull()
  })
})

describe('the point eraser', () => {
  it('splits a stroke into the pieces left and right of it', () => {
    const editor = threeLines()
    const { id } = editor.strokes[0] ?? {}
    editor.editor.setSettings({ eraserMode: 'point', eraserRadiusPx: 9 })
    editor.tool('eraser').press(200, 100)
    expect(editor.preview.replacements).toHaveLength(2)
    editor.lift()
    expect(editor.strokes).toHaveLength(4)
    // 9 px of eraser and half of the 2-px line: what is left ends round, just outside the circle.
    expect(places(editor.strokes[0])).toEqual([
      [100, 100],
      [190, 100],
    ])
    expect(places(editor.strokes[1])).toEqual([
      [210, 100],
      [300, 100],
    ])
    expect(editor.strokes[0]?.id).toBe(id)
    expect(new Set(editor.strokes.map((stroke) => stroke.id)).size).toBe(4)
    editor.undo()
    expect(editor.strokes).toHaveLength(3)
  })

  it('shortens at an end, removes what it covers whole, and keeps part and width', () => {
    const editor = threeLines()
    editor.editor.setSettings({ eraserMode: 'point', eraserRadiusPx: 9 })
    editor.tool('eraser').press(100, 200).lift()
    expect(places(editor.strokes[1])[0]).toEqual([110, 200])
    expect(editor.strokes[1]).toMatchObject({ widthPx: 2, part: 'other' })
    editor.press(95, 300).drag(305, 300).lift()
    expect(editor.strokes).toHaveLength(2)
  })

  it('cuts a fast sweep across, and interpolates pressure at the cut', () => {
    const editor = new TestEditor()
    editor.with({ pointerType: 'pen', pressure: 0 }).press(100, 100).with({ pressure: 1 }).drag(300, 100, 1).lift()
    editor.editor.setSettings({ eraserMode: 'point', eraserRadiusPx: 9 })
    editor.with({ pointerType: 'mouse' }).tool('eraser').press(200, 60).drag(200, 140, 1).lift()
    expect(editor.strokes).toHaveLength(2)
    const [x = 0, , pressure = 0] = editor.strokes[0]?.points.slice(-3) ?? []
    expect(x).toBeCloseTo(190, 0)
    expect(pressure).toBeCloseTo((x - 100) / 200, 6)
  })

  it('takes a dot', () => {
    const editor = new TestEditor({ settings: { eraserMode: 'point' } })
    editor.press(50, 50).lift()
    editor.tool('eraser').press(52, 50).lift()
    expect(editor.strokes).toHaveLength(0)
  })
})
