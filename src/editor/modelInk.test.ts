import { describe, expect, it } from 'vitest'
import { meanFaceContours } from '../faces/meanFace'
import { meanFaceStrokes } from './meanFaceStrokes'
import { meanFaceLines, modelBitmap, modelInkLines, standInLines } from './modelInk'
import { rasterize } from './rasterizer'
import { TestEditor } from './testEditor'

describe('what the generator sees', () => {
  it('of an empty page is the mean face, in 2-px lines; or nothing with stand-ins off', () => {
    const { document } = new TestEditor()
    const lines = modelInkLines(document, { standIns: true })
    expect(lines).toHaveLength(meanFaceContours().length)
    expect(lines[0]?.[2]).toBe(2)
    expect(modelBitmap(document, 64, { standIns: true })).toEqual(rasterize(meanFaceLines(), 64))
    expect(modelInkLines(document, { standIns: false })).toEqual([])
  })

  it('of a first stroke is the stroke and the rest of the face', () => {
    const editor = new TestEditor()
    editor.draw([150, 205], [190, 195], [232, 205])
    const lines = modelInkLines(editor.document, { standIns: true })
    expect(lines).toHaveLength(meanFaceContours().length)
    expect(lines[0]).toHaveLength(9)
  })

  it('of the mean face as strokes is the same picture as of the empty page, within a shade', () => {
    let n = 0
    const page = { strokes: meanFaceStrokes(() => `${n++}`) }
    expect(standInLines(page.strokes)).toEqual([])
    const drawn = modelBitmap(page, 256, { standIns: true })
    const empty = rasterize(meanFaceLines(), 256)
    const difference = drawn.reduce((sum, value, i) => sum + Math.abs(value - (empty[i] ?? 0)), 0) / drawn.length
    expect(difference).toBeLessThan(0.3)
  })

  it('lacks the parts that a person has left out', () => {
    const editor = new TestEditor()
    editor.editor.commands.leaveOut(['nose', 'mouth'])
    const lines = modelInkLines(editor.document, { standIns: true })
    expect(lines).toHaveLength(meanFaceContours().filter(({ part }) => part !== 'nose' && part !== 'mouth').length)
  })

  it('follows edits: erased ink gives way to the mean face again', () => {
    const editor = new TestEditor()
    editor.editor.commands.startFromMeanFace()
    editor.editor.select([editor.strokes[1]?.id ?? ''])
    editor.editor.commands.deleteSelection()
    expect(standInLines(editor.strokes)).toHaveLength(1)
  })
})
