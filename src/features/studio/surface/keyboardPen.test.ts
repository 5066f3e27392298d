import { beforeEach, describe, expect, it } from 'vitest'
import { createEditor, type Editor } from '../../../editor'
import { KeyboardPen, type KeyboardPenEvent } from './keyboardPen'

let editor: Editor
let pen: KeyboardPen
let events: KeyboardPenEvent['kind'][]

const press = (key: string, times = 1, shiftKey = false): void => {
  for (let i = 0; i < times; i++) pen.press({ key, shiftKey })
}
const strokes = () => editor.documentStore.getState().document.strokes

beforeEach(() => {
  editor = createEditor({ settings: { smoothing: 0, stabiliser: 0 } })
  events = []
  pen = new KeyboardPen(editor, (event) => events.push(event.kind))
})

describe('KeyboardPen', () => {
  it('starts in the middle and moves by 2 or 10 pixels, within the page', () => {
    press('ArrowRight')
    press('ArrowDown', 1, true)
    expect(pen.state).toEqual({ x: 258, y: 266, down: false })
    press('ArrowLeft', 60, true)
    expect(pen.state?.x).toBe(0)
  })

  it('draws a line between Space and Enter', () => {
    press(' ')
    press('ArrowRight', 5, true)
    press('Enter')
    expect(strokes()).toHaveLength(1)
    const points = strokes()[0]?.points ?? []
    expect([points[0], points[1]]).toEqual([256, 256])
    expect(points.at(-3)).toBeCloseTo(306)
    expect(events.filter((kind) => kind !== 'moved')).toEqual(['down', 'up'])
  })

  it('drops the stroke with Escape and leaves other Escapes alone', () => {
    press(' ')
    press('ArrowRight', 5)
    expect(pen.press({ key: 'Escape', shiftKey: false })).toBe(true)
    expect(strokes()).toHaveLength(0)
    expect(events.at(-1)).toBe('cancelled')
    expect(pen.press({ key: 'Escape', shiftKey: false })).toBe(false)
  })

  it('works with whichever tool is chosen', () => {
    press(' ')
    press('ArrowRight', 5, true)
    press(' ')
    editor.setTool('eraser')
    press('Enter')
    press('ArrowLeft', 2, true)
    press('Enter')
    expect(strokes()).toHaveLength(0)
  })

  it('lifts the pen when a pointer takes over', () => {
    press(' ')
    press('ArrowRight', 5, true)
    pen.retire()
    expect(pen.state).toBeNull()
    expect(strokes()).toHaveLength(1)
  })

  it('does not take letters', () => {
    expect(pen.press({ key: 'e', shiftKey: false })).toBe(false)
  })
})
