import { describe, expect, it } from 'vitest'
import { CONTOUR_LINES } from '../faces/parts'
import type { SketchDocument } from './document'
import { places, TestEditor } from './testEditor'

const twoLines = (): TestEditor => {
  const editor = new TestEditor()
  editor.draw([100, 100], [200, 100])
  editor.draw([100, 300], [200, 300])
  return editor
}

describe('commands on the selection', () => {
  it('change nothing and make no entry without one', () => {
    const editor = twoLines()
    const { commands } = editor.editor
    expect(commands.deleteSelection()).toBe(false)
    expect(commands.duplicateSelection()).toBe(false)
    expect(commands.nudgeSelection(1, 0)).toBe(false)
    expect(commands.scaleSelection(2)).toBe(false)
    expect(commands.rotateSelection(1)).toBe(false)
    expect(commands.setPartOfSelection('hair')).toBe(false)
    expect(editor.revision).toBe(2)
  })

  it('delete, and undo brings back', () => {
    const editor = twoLines()
    editor.editor.selectAll()
    expect(editor.editor.commands.deleteSelection()).toBe(true)
    expect(editor.strokes).toHaveLength(0)
    expect(editor.preview.selectionBox).toBeNull()
    editor.undo()
    expect(editor.strokes).toHaveLength(2)
  })

  it('duplicate beside the originals and select the copies', () => {
    const editor = twoLines()
    editor.editor.select([editor.strokes[0]?.id ?? ''])
    editor.editor.commands.duplicateSelection()
    expect(places(editor.strokes[2])[0]).toEqual([112, 112])
    expect(editor.session.selection).toEqual([editor.strokes[2]?.id])
    expect(new Set(editor.strokes.map((stroke) => stroke.id)).size).toBe(3)
  })

  it('nudge, scale, rotate and flip about the selection’s centre or the page’s middle', () => {
    const editor = twoLines()
    const { commands } = editor.editor
    editor.editor.select([editor.strokes[0]?.id ?? ''])
    commands.nudgeSelection(10, -5)
    expect(places(editor.strokes[0])[0]).toEqual([110, 95])
    commands.scaleSelection(2)
    expect(places(editor.strokes[0])).toEqual([
      [60, 95],
      [260, 95],
    ])
    commands.rotateSelection(Math.PI / 2)
    expect(places(editor.strokes[0])).toEqual([
      [160, -5],
      [160, 195],
    ])
    commands.flipSelection()
    expect(places(editor.strokes[0])[0]?.[0]).toBe(352)
    expect(editor.revision).toBe(6)
    expect(commands.scaleSelection(0)).toBe(false)
    expect(commands.nudgeSelection(Number.NaN, 1)).toBe(false)
  })

  it('set part, width and pressure once, and not again', () => {
    const editor = twoLines()
    const { commands } = editor.editor
    editor.editor.selectAll()
    expect(commands.setPartOfSelection('ears')).toBe(true)
    expect(commands.setPartOfSelection('ears')).toBe(false)
    expect(editor.strokes[1]).toMatchObject({ part: 'ears', partIsChosen: true })
    expect(commands.setWidthOfSelection(99)).toBe(true)
    expect(commands.setWidthOfSelection(8)).toBe(false)
    expect(commands.setUsesPressureOfSelection(false)).toBe(true)
    expect(commands.setUsesPressureOfSelection(false)).toBe(false)
    expect(editor.revision).toBe(5)
  })
})

describe('commands on the page', () => {
  it('start from the mean face: one editable stroke per contour line, only for parts that are missing', () => {
    const editor = new TestEditor()
    expect(editor.editor.commands.startFromMeanFace()).toBe(true)
    expect(editor.strokes.map((stroke) => stroke.part)).toEqual(CONTOUR_LINES.map((line) => line.part))
    for (const stroke of editor.strokes) expect(stroke.points.length / 3).toBeGreaterThanOrEqual(2)
    expect(editor.editor.commands.startFromMeanFace()).toBe(false)
    editor.undo()
    editor.draw([210, 381], [300, 381])
    editor.editor.commands.startFromMeanFace()
    expect(editor.strokes.filter((stroke) => stroke.part === 'mouth')).toHaveLength(1)
    editor.editor.commands.startFromMeanFace('replace')
    expect(editor.strokes).toHaveLength(13)
  })

  it('clear is one entry, and none on an empty page', () => {
    const editor = twoLines()
    expect(editor.editor.commands.clear()).toBe(true)
    expect(editor.editor.commands.clear()).toBe(false)
    editor.undo()
    expect(editor.strokes).toHaveLength(2)
  })

  it('insert strokes with what they lack, and refuse points that are no numbers', () => {
    const editor = new TestEditor({ settings: { penWidthPx: 3 } })
    const { commands } = editor.editor
    expect(commands.insertStrokes([{ points: [Number.NaN, 1, 1] }, { points: [1, 2] }])).toBe(false)
    commands.insertStrokes([{ points: [210, 381, 0.5, 300, 381, 0.5] }, { points: [10, 10, 1], part: 'hair', widthPx: 20 }])
    expect(editor.strokes[0]).toMatchObject({ part: 'mouth', widthPx: 3, partIsChosen: false })
    expect(editor.strokes[1]).toMatchObject({ part: 'hair', widthPx: 8 })
    expect(editor.session.selection).toHaveLength(2)
  })

  it('rename and tag, once each', () => {
    const editor = new TestEditor()
    const { commands } = editor.editor
    expect(commands.rename('Ada')).toBe(true)
    expect(commands.rename('Ada')).toBe(false)
    expect(commands.setTags(['a', 'b', 'a'])).toBe(true)
    expect(commands.setTags(['a', 'b'])).toBe(false)
    editor.undo()
    expect(editor.document).toMatchObject({ name: 'Ada', tags: [] })
  })
})

describe('parts of the mean face', () => {
  it('are left out and brought back, each an undoable edit of that part', () => {
    const editor = twoLines()
    const { commands, documentStore } = editor.editor
    expect(commands.leaveOut(['mouth', 'nose'])).toBe(true)
    expect(editor.document.leftOut).toEqual(['nose', 'mouth'])
    expect(documentStore.getState().lastEditedParts).toEqual(['nose', 'mouth'])
    expect(commands.leaveOut(['nose', 'mouth'])).toBe(false)
    commands.leaveOut(['nose'])
    expect(documentStore.getState().lastEditedParts).toEqual(['mouth'])
    editor.undo()
    expect(editor.document.leftOut).toEqual(['nose', 'mouth'])
    editor.undo()
    expect('leftOut' in editor.document).toBe(false)
  })
})

describe('opening another document', () => {
  it('empties history and selection, and the revision goes on', () => {
    const editor = twoLines()
    editor.editor.selectAll()
    editor.press(10, 10).drag(20, 20)
    const other: SketchDocument = { version: 1, id: 'other', name: 'Other', tags: [], strokes: editor.strokes.slice(0, 1) }
    editor.editor.load(other)
    expect(editor.document).toBe(other)
    const state = editor.editor.documentStore.getState()
    expect(state).toMatchObject({ revision: 3, canUndo: false, canRedo: false, editRun: null, lastEditedParts: [] })
    expect(editor.session.selection).toEqual([])
    expect(editor.preview.gesture).toBe(false)
    expect(editor.undo()).toBe(false)
  })
})

describe('a command during a gesture', () => {
  it('by undo takes back that gesture alone', () => {
    const editor = twoLines()
    editor.press(10, 10).drag(50, 50)
    expect(editor.undo()).toBe(true)
    expect(editor.preview.liveStrokes).toEqual([])
    editor.drag(90, 90).lift()
    expect(editor.strokes).toHaveLength(2)
    editor.tool('select').press(300, 300).drag(400, 400)
    editor.undo()
    expect(editor.preview.marquee).toBeNull()
    expect(editor.lift().strokes).toHaveLength(2)
  })

  it('finishes the stroke', () => {
    const editor = twoLines()
    editor.press(10, 10).drag(50, 50)
    editor.editor.commands.startFromMeanFace()
    editor.drag(90, 90).lift()
    expect(places(editor.strokes[2]).at(-1)).toEqual([50, 50])
    editor.undo()
    expect(editor.strokes).toHaveLength(3)
  })

  it.each(['eraser', 'select', 'pan'] as const)('another tool (%s) waits until the stroke is whole', (tool) => {
    const editor = twoLines()
    editor.press(10, 10).drag(50, 50)
    editor.tool(tool).drag(90, 90).lift()
    expect(editor.strokes).toHaveLength(3)
    expect(places(editor.strokes[2]).at(-1)).toEqual([90, 90])
  })

  it('leaves what is being moved where it is, not where it was', () => {
    const editor = twoLines()
    const [first] = editor.strokes
    const [at = [0, 0]] = places(first)
    editor
      .tool('select')
      .press(...at)
      .drag(at[0] + 40, at[1])
    editor.editor.commands.rename('Ada')
    expect(places(editor.strokes[0])[0]?.[0]).toBeCloseTo(at[0] + 40)
  })

  it('erases with the eraser that a pen brings, while the pen stays chosen', () => {
    const editor = twoLines()
    const [at = [0, 0]] = places(editor.strokes[0])
    editor.editor.pointerDown(editor.event(...at), 'eraser')
    editor.editor.pointerUp(editor.event(...at))
    expect(editor.strokes).toHaveLength(1)
    expect(editor.session.tool).toBe('pen')
  })
})
