import { describe, expect, it } from 'vitest'
import { boundsOf, polylineLength } from '../shared/polyline'
import { meanFaceStrokes } from './meanFaceStrokes'
import { places, TestEditor } from './testEditor'

/** Three level lines at y = 100, 200, 300 from x = 100 to 300. */
function threeLines(): TestEditor {
  const editor = new TestEditor()
  for (const y of [100, 200, 300]) editor.draw([100, y], [300, y])
  return editor
}

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
