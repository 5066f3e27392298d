import { describe, expect, it } from 'vitest'
import { places, threeLines } from './testEditor'

describe('selecting', () => {
  it('clicks one, adds with shift, toggles with shift, and clears beside', () => {
    const editor = threeLines().tool('select')
    const ids = editor.strokes.map((stroke) => stroke.id)
    editor.press(150, 101).lift()
    expect(editor.session.selection).toEqual([ids[0]])
    editor.with({ shiftKey: true }).press(150, 202).lift()
    expect(editor.session.selection).toEqual([ids[0], ids[1]])
    editor.press(150, 100).lift()
    expect(editor.session.selection).toEqual([ids[1]])
    editor.with({ shiftKey: false }).press(450, 450).lift()
    expect(editor.session.selection).toEqual([])
    expect(editor.revision).toBe(3)
  })

  it('takes the whole part by a double click, and one stroke by two slow ones', () => {
    const editor = threeLines()
    const [a, b, c] = editor.strokes.map(({ id }) => id) as [string, string, string]
    editor.editor.commands.setParts(new Map([[a, 'hair'], [b, 'jaw'], [c, 'hair']])) // biome-ignore format: one line
    editor.tool('select')
    editor.with({ timeMs: 1000 }).press(150, 101).lift()
    editor.with({ timeMs: 1900 }).press(150, 101).lift()
    expect(editor.session.selection).toEqual([a])
    editor.with({ timeMs: 2200 }).press(150, 101).lift()
    expect(editor.session.selection).toEqual([a, c])
    // A third click is a first one again.
    editor.with({ timeMs: 2400 }).press(150, 101).lift()
    expect(editor.session.selection).toEqual([a])
  })

  it('drags a marquee over what it touches', () => {
    const editor = threeLines().tool('select')
    editor.press(250, 90).drag(320, 250)
    expect(editor.preview.marquee).toEqual({ x: 250, y: 90, width: 70, height: 160 })
    expect(editor.session.selection).toEqual([])
    editor.lift()
    expect(editor.session.selection).toHaveLength(2)
    expect(editor.preview.marquee).toBeNull()
    expect(editor.preview.selectionBox).not.toBeNull()
  })

  it('is as before when the marquee is cancelled', () => {
    const editor = threeLines().tool('select').press(150, 100).lift()
    const { selection } = editor.session
    editor.press(20, 20).drag(320, 320)
    editor.editor.cancel()
    expect(editor.session.selection).toEqual(selection)
    expect(editor.preview.marquee).toBeNull()
  })

  it('forgets strokes that undo has taken away, and Escape empties it', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    expect(editor.session.selection).toHaveLength(3)
    editor.undo()
    expect(editor.session.selection).toHaveLength(2)
    expect(editor.editor.cancel()).toBe(true)
    expect(editor.session.selection).toEqual([])
    expect(editor.editor.cancel()).toBe(false)
  })

  it('hits on the screen, not on the page: near is near at any zoom', () => {
    const editor = threeLines().tool('select')
    editor.press(150, 106).lift()
    expect(editor.session.selection).toHaveLength(1)
    editor.editor.setSettings({ view: { zoom: 4, panX: 0, panY: 0 } })
    editor.press(150, 206).lift()
    expect(editor.session.selection).toHaveLength(0)
  })

  it('says what lies under a hovering pointer', () => {
    const editor = threeLines().tool('select').hover(150, 101)
    expect(editor.preview.hoveredStrokeId).toBe(editor.strokes[0]?.id)
    editor.press(150, 100).lift().hover(150, 100)
    expect(editor.preview.cursor).toBe('move')
    const corner = editor.preview.selectionBox?.handles.find((handle) => handle.id === 'se')
    editor.hover(corner?.x ?? 0, corner?.y ?? 0)
    expect(editor.preview.cursor).toBe('nwse-resize')
  })
})

describe('moving the selection', () => {
  it('drags strokes along, previewed until the pointer is lifted', () => {
    const editor = threeLines().tool('select').press(150, 100).drag(160, 120)
    expect(editor.preview.hiddenStrokeIds.size).toBe(1)
    expect(places(editor.preview.replacements[0])[0]).toEqual([110, 120])
    expect(places(editor.strokes[0])[0]).toEqual([100, 100])
    editor.lift()
    expect(places(editor.strokes[0])).toEqual([
      [110, 120],
      [310, 120],
    ])
    expect(editor.preview.hiddenStrokeIds.size).toBe(0)
    expect(editor.preview.selectionBox?.centreY).toBe(120)
    editor.undo()
    expect(places(editor.strokes[0])[0]).toEqual([100, 100])
  })

  it('keeps to one direction with shift, and is undone by Escape', () => {
    const editor = threeLines().tool('select').press(150, 100).drag(200, 110).with({ shiftKey: true }).drag(230, 112).lift()
    expect(places(editor.strokes[0])[0]).toEqual([180, 100])
    const before = editor.document
    editor.with({ shiftKey: false }).press(200, 200).drag(250, 250)
    editor.editor.cancel()
    expect(editor.document).toBe(before)
  })

  it('moves several at once by a press inside their box', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    editor.press(200, 150).drag(210, 150).lift()
    expect(editor.strokes.map((stroke) => places(stroke)[0]?.[0])).toEqual([110, 110, 110])
    expect(editor.revision).toBe(4)
  })

  it('a click on one of several selects only that one', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    editor.press(150, 200).lift()
    expect(editor.session.selection).toEqual([editor.strokes[1]?.id])
  })
})
