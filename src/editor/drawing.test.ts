import { describe, expect, it } from 'vitest'
import { boundsOf } from '../shared/polyline'
import { mulberry32 } from '../shared/rng'
import { places, TestEditor } from './testEditor'

describe('drawing', () => {
  it('puts one stroke on the page, with one history entry, when the pen is lifted', () => {
    const editor = new TestEditor()
    editor.press(100, 100).drag(200, 100)
    expect(editor.strokes).toHaveLength(0)
    expect(editor.preview.gesture).toBe(true)
    editor.lift()
    expect(places(editor.strokes[0])).toEqual([
      [100, 100],
      [200, 100],
    ])
    expect(editor.strokes[0]?.widthPx).toBe(2)
    expect(editor.preview.gesture).toBe(false)
    expect(editor.preview.liveStrokes).toEqual([])
    expect(editor.editor.documentStore.getState()).toMatchObject({ revision: 1, canUndo: true, canRedo: false, undoKind: 'draw' })
  })

  it('draws a dot with a tap', () => {
    const editor = new TestEditor()
    editor.press(50, 60).lift()
    expect(editor.strokes[0]?.points).toEqual([50, 60, 0.5])
  })

  it('shows the stroke under the pen in one growing array, announced once a move, without touching a store', () => {
    const editor = new TestEditor()
    let stores = 0
    editor.editor.documentStore.subscribe(() => stores++)
    editor.editor.sessionStore.subscribe(() => stores++)
    editor.press(10, 10)
    const points = editor.preview.liveStrokes[0]?.points
    const before = editor.announcements
    editor.editor.pointerMove([editor.event(20, 10), editor.event(30, 10), editor.event(40, 10)])
    expect(editor.announcements).toBe(before + 1)
    expect(editor.preview.liveStrokes[0]?.points).toBe(points)
    expect(points).toEqual([10, 10, 0.5, 20, 10, 0.5, 30, 10, 0.5, 40, 10, 0.5])
    expect(stores).toBe(0)
  })

  it('is forgotten on Escape: the document is the same object, and there is no history entry', () => {
    const editor = new TestEditor()
    const before = editor.document
    editor.press(10, 10).drag(90, 90)
    expect(editor.editor.cancel()).toBe(true)
    editor.lift()
    expect(editor.document).toBe(before)
    expect(editor.editor.documentStore.getState()).toMatchObject({ revision: 0, canUndo: false })
    expect(editor.preview).toMatchObject({ gesture: false, liveStrokes: [], leash: null })
  })

  it('gives a live document while the pen is down', () => {
    const editor = new TestEditor()
    editor.draw([10, 10], [20, 20])
    editor.press(100, 100).drag(150, 100)
    const live = editor.editor.previewDocument()
    expect(live.strokes).toHaveLength(2)
    expect(places(live.strokes[1]).at(-1)).toEqual([150, 100])
    expect(editor.strokes).toHaveLength(1)
    editor.lift()
    expect(editor.editor.previewDocument()).toBe(editor.document)
  })

  it('does nothing while the interface pans, nor for a pointer that is not the gesture’s', () => {
    const editor = new TestEditor()
    editor.tool('pan').press(10, 10).drag(50, 50).lift()
    expect(editor.strokes).toHaveLength(0)
    editor.tool('pen').press(10, 10)
    expect(editor.editor.pointerDown(editor.event(200, 200, { pointerId: 2 }))).toBe(false)
    editor.editor.pointerMove([editor.event(300, 300, { pointerId: 2 })])
    editor.editor.pointerUp(editor.event(300, 300, { pointerId: 2 }))
    editor.drag(20, 10).lift()
    expect(places(editor.strokes[0])).toEqual([
      [10, 10],
      [20, 10],
    ])
  })

  it('uses the width that is set, 1 to 8', () => {
    const editor = new TestEditor({ settings: { penWidthPx: 40 } })
    expect(editor.session.penWidthPx).toBe(8)
    editor.editor.setSettings({ penWidthPx: 0 })
    expect(editor.draw([0, 0], [9, 9]).widthPx).toBe(1)
    editor.editor.setSettings({ penWidthPx: Number.NaN })
    expect(editor.session.penWidthPx).toBe(1)
  })
})

describe('pressure', () => {
  it('of a pen is kept point by point, of a mouse it is neutral', () => {
    const editor = new TestEditor()
    editor.with({ pointerType: 'pen', pressure: 0.2 }).press(10, 10).with({ pressure: 0.9 }).drag(60, 10, 1).lift()
    expect(editor.strokes[0]?.points).toEqual([10, 10, 0.2, 60, 10, 0.9])
    editor.with({ pointerType: 'mouse' }).press(10, 50).drag(60, 50, 1).lift()
    expect(editor.strokes[1]?.points).toEqual([10, 50, 0.5, 60, 50, 0.5])
  })

  it('can be turned off', () => {
    const editor = new TestEditor({ settings: { usesPressure: false } })
    expect(editor.draw([10, 10], [60, 10]).usesPressure).toBe(false)
  })
})

describe('symmetry', () => {
  it('draws the mirror image as a second stroke of the other side’s part, in one history entry', () => {
    const editor = new TestEditor({ settings: { symmetry: true } })
    editor.press(170, 246).drag(215, 240)
    expect(editor.preview.liveStrokes).toHaveLength(2)
    expect(editor.preview.liveStrokes[1]?.points.slice(0, 2)).toEqual([342, 246])
    expect(editor.preview.liveStrokes[1]?.points).toHaveLength(editor.preview.liveStrokes[0]?.points.length ?? 0)
    editor.lift()
    expect(editor.strokes.map((stroke) => stroke.part)).toEqual(['leftEye', 'rightEye'])
    expect(places(editor.strokes[1])).toEqual(places(editor.strokes[0]).map(([x, y]) => [512 - x, y]))
    editor.undo()
    expect(editor.strokes).toHaveLength(0)
  })

  it('does not double a stroke on the middle line', () => {
    const editor = new TestEditor({ settings: { symmetry: true } })
    editor.draw([256, 250], [256, 320])
    expect(editor.strokes).toHaveLength(1)
  })
})

describe('pen-only mode', () => {
  it('ignores touches, and takes pen and mouse', () => {
    const editor = new TestEditor({ settings: { penOnly: true } })
    expect(editor.editor.pointerDown(editor.event(10, 10, { pointerType: 'touch' }))).toBe(false)
    expect(editor.preview.gesture).toBe(false)
    expect(editor.editor.pointerDown(editor.event(10, 10, { pointerType: 'pen' }))).toBe(true)
    editor.editor.cancel()
    expect(editor.editor.pointerDown(editor.event(10, 10))).toBe(true)
  })

  it('is not needed while a pen is down: the palm is ignored anyway', () => {
    const editor = new TestEditor()
    editor.with({ pointerType: 'pen' }).press(100, 100)
    expect(editor.editor.pointerDown(editor.event(300, 300, { pointerType: 'touch', pointerId: 2 }))).toBe(false)
    editor.drag(150, 100).lift()
    expect(editor.strokes).toHaveLength(1)
  })

  it('drops what a palm has begun when the pen comes down after it', () => {
    const editor = new TestEditor()
    editor.editor.pointerDown(editor.event(300, 300, { pointerType: 'touch', pointerId: 2 }))
    editor.with({ pointerType: 'pen' }).press(100, 100).drag(150, 100)
    editor.editor.pointerMove([editor.event(310, 310, { pointerType: 'touch', pointerId: 2 })])
    editor.lift()
    expect(editor.strokes).toHaveLength(1)
    expect(places(editor.strokes[0])[0]).toEqual([100, 100])
  })
})

describe('the stabiliser', () => {
  const jitter = (stabiliser: number): number => {
    const editor = new TestEditor({ settings: { stabiliser } })
    const random = mulberry32(3)
    editor.press(50, 100)
    for (let x = 52; x <= 250; x += 2) editor.editor.pointerMove([editor.event(x, 100 + 8 * (random() - 0.5))])
    const { top, bottom } = boundsOf(editor.preview.liveStrokes[0]?.points ?? [], 3)
    return bottom - top
  }

  it('steadies a trembling hand', () => {
    expect(jitter(0)).toBeGreaterThan(7)
    expect(jitter(0.5)).toBeLessThan(2.5)
  })

  it('trails behind the pointer by its string and catches up when the pen is lifted', () => {
    const editor = new TestEditor({ settings: { stabiliser: 0.5 } })
    editor.press(50, 100).drag(150, 100)
    expect(editor.preview.liveStrokes[0]?.points.slice(-3)).toEqual([130, 100, 0.5])
    expect(editor.preview.leash).toEqual({ fromX: 130, fromY: 100, toX: 150, toY: 100 })
    editor.lift()
    expect(places(editor.strokes[0])).toEqual([
      [50, 100],
      [150, 100],
    ])
    expect(editor.preview.leash).toBeNull()
  })

  it('is as long on the screen at any zoom, and does not act on the keyboard', () => {
    const editor = new TestEditor({ settings: { stabiliser: 0.5, view: { zoom: 4, panX: 0, panY: 0 } } })
    editor.press(50, 100).drag(150, 100)
    expect(editor.preview.liveStrokes[0]?.points.at(-3)).toBe(145)
    editor.lift()
    editor.with({ pointerType: 'keyboard' }).press(50, 100).drag(60, 100, 1)
    expect(editor.preview.liveStrokes[0]?.points.at(-3)).toBe(60)
  })
})

describe('the part of a new stroke', () => {
  it('follows from where it lies, also for a pupil in an eye that was drawn elsewhere', () => {
    const editor = new TestEditor()
    expect(editor.draw([210, 381], [256, 386], [300, 381]).part).toBe('mouth')
    const eye = editor.draw([150, 300], [180, 285], [210, 300], [180, 315], [150, 300])
    editor.editor.select([eye.id])
    editor.editor.commands.setPartOfSelection('leftEye')
    expect(editor.draw([178, 300], [182, 300])).toMatchObject({ part: 'leftEye', partIsChosen: false })
  })

  it('is the chosen one when a person has chosen it for the pen', () => {
    const editor = new TestEditor({ settings: { penPart: 'hair' } })
    expect(editor.draw([210, 381], [300, 381])).toMatchObject({ part: 'hair', partIsChosen: true })
  })
})
