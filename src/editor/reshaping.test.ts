import { describe, expect, it } from 'vitest'
import { boundsOf, polylineLength } from '../shared/polyline'
import { meanFaceStrokes } from './meanFaceStrokes'
import { places, TestEditor, threeLines } from './testEditor'

describe('scaling and rotating by handles', () => {
  const bounds = (editor: TestEditor): ReturnType<typeof boundsOf> =>
    boundsOf(
      editor.strokes.flatMap((stroke) => stroke.points),
      3,
    )

  it('scales about the opposite corner', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    const corner = editor.preview.selectionBox?.handles.find((handle) => handle.id === 'se')
    const { x = 0, y = 0 } = corner ?? {}
    editor
      .pressHandle('se')
      .drag(100 + (x - 100) * 1.5, 100 + (y - 100) * 0.5)
      .lift()
    expect(bounds(editor)).toEqual({ left: 100, top: 100, right: 400, bottom: 200 })
    expect(editor.strokes[0]?.widthPx).toBe(2)
    editor.undo()
    expect(bounds(editor)).toEqual({ left: 100, top: 100, right: 300, bottom: 300 })
  })

  it('keeps proportions with shift and the centre with alt', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    const { x = 0, y = 0 } = editor.preview.selectionBox?.handles.find((handle) => handle.id === 'se') ?? {}
    editor
      .with({ shiftKey: true, altKey: true })
      .pressHandle('se')
      .drag(200 + (x - 200) * 1.5, y)
      .lift()
    expect(bounds(editor)).toEqual({ left: 50, top: 50, right: 350, bottom: 350 })
    expect(places(editor.strokes[1])[0]?.[1]).toBe(200)
  })

  it('scales one way by an edge, and a flat line without dividing by nothing', () => {
    const editor = threeLines().tool('select')
    editor.press(150, 100).lift()
    const { x = 0 } = editor.preview.selectionBox?.handles.find((handle) => handle.id === 'e') ?? { x: 307 }
    editor
      .pressHandle('se')
      .drag(100 + (x - 100) * 2, 180)
      .lift()
    for (const [px, py] of places(editor.strokes[0])) expect(Number.isFinite(px) && py === 100).toBe(true)
    expect(places(editor.strokes[0])[1]?.[0]).toBeCloseTo(500, 0)
  })

  it('rotates about the centre, by 15° with shift', () => {
    const editor = threeLines().tool('select')
    editor.editor.selectAll()
    editor.pressHandle('rotate').drag(400, 205)
    expect(editor.preview.selectionBox?.rotation).toBeGreaterThan(1.5)
    expect(editor.preview.selectionBox?.handles).toEqual([])
    editor.with({ shiftKey: true }).drag(400, 203).lift()
    // A quarter turn clockwise: the top line becomes the right one.
    expect(places(editor.strokes[0])).toEqual([
      [300, 100],
      [300, 300],
    ])
    expect(editor.preview.selectionBox?.rotation).toBe(0)
    expect(editor.editor.documentStore.getState().undoKind).toBe('rotate')
  })
})

describe('reshaping', () => {
  it('bends a stroke softly round the grabbed point, and leaves the rest exactly', () => {
    const editor = new TestEditor({ settings: { reshapeRadiusPx: 40 } })
    editor.draw([100, 100], [200, 100], [200, 200], [400, 200])
    editor.tool('reshape').press(200, 150).drag(230, 150)
    expect(editor.preview.replacements).toHaveLength(1)
    editor.lift()
    const now = places(editor.strokes[0])
    expect(now[0]).toEqual([100, 100])
    expect(now).toContainEqual([200, 100])
    expect(now).toContainEqual([200, 200])
    expect(now.at(-1)).toEqual([400, 200])
    const { right } = boundsOf(now.filter(([, y]) => y > 105 && y < 195).flat(), 2)
    expect(right).toBeGreaterThan(229)
    expect(right).toBeLessThanOrEqual(230)
    editor.undo()
    expect(places(editor.strokes[0])).toHaveLength(4)
  })

  it('drags an end', () => {
    const editor = new TestEditor()
    editor.draw([100, 100], [300, 100])
    editor.tool('reshape').press(300, 100).drag(320, 140).lift()
    expect(places(editor.strokes[0])[0]).toEqual([100, 100])
    expect(places(editor.strokes[0]).at(-1)).toEqual([320, 140])
  })

  it('keeps upper and lower lid joined at the corner of the eye', () => {
    let n = 0
    const strokes = meanFaceStrokes(() => `mean${n++}`)
    const editor = new TestEditor({ document: { version: 1, id: 'd', name: '', tags: [], strokes } })
    const upper = strokes[5]
    const [x = 0, y = 0] = upper?.points ?? []
    editor
      .tool('reshape')
      .press(x, y)
      .drag(x - 10, y - 6)
      .lift()
    const [nowUpper, nowLower] = [editor.strokes[5], editor.strokes[6]]
    expect(places(nowUpper)[0]?.[0]).toBeCloseTo(x - 10, 1)
    expect(places(nowLower).at(-1)).toEqual(places(nowUpper)[0])
    expect(editor.strokes.filter((stroke, i) => stroke !== strokes[i])).toHaveLength(2)
  })

  it('bends a closed line across its seam', () => {
    const editor = new TestEditor({ settings: { reshapeRadiusPx: 30 } })
    editor.draw([100, 100], [200, 100], [200, 200], [100, 200], [100, 100])
    editor.tool('reshape').press(100, 100).drag(90, 90).lift()
    const now = places(editor.strokes[0])
    expect(now[0]).toEqual([90, 90])
    expect(now.at(-1)).toEqual([90, 90])
    expect(polylineLength(now.flat(), 2)).toBeGreaterThan(400)
  })

  it('is dropped by Escape, and does nothing beside a stroke', () => {
    const editor = new TestEditor()
    editor.draw([100, 100], [300, 100])
    const before = editor.document
    editor.tool('reshape').press(200, 100).drag(200, 150)
    editor.editor.cancel()
    editor.press(200, 300).drag(250, 350).lift()
    expect(editor.document).toBe(before)
  })
})
