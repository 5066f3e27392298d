import { describe, expect, it } from 'vitest'
import { createEditor } from '../../../editor'
import { EXAMPLE, showMe } from './showMe'

const strokesOf = (editor: ReturnType<typeof createEditor>) => editor.documentStore.getState().document.strokes

describe('Show me', () => {
  it('draws strokes that the studio takes for the parts that it names, each one step of the history', async () => {
    const editor = createEditor()
    const told: string[] = []
    await showMe({ editor, signal: new AbortController().signal, onStroke: (id) => told.push(id), wait: async () => undefined })
    expect(told).toEqual(['hair', 'smile', 'brow'])
    expect(strokesOf(editor).map(({ part }) => part)).toEqual(['hair', 'mouth', 'rightBrow'])
    for (const _ of EXAMPLE) editor.commands.undo()
    expect(strokesOf(editor)).toEqual([])
  })

  it('gives the pen back in the middle of a stroke, which is dropped', async () => {
    const editor = createEditor()
    const stop = new AbortController()
    let waits = 0
    const wait = async () => {
      if (++waits === 150) stop.abort()
    }
    await showMe({ editor, signal: stop.signal, onStroke: () => undefined, wait })
    expect(strokesOf(editor).length).toBeLessThan(EXAMPLE.length)
    expect(editor.preview.current.gesture).toBe(false)
    expect(editor.pointerDown({ x: 9, y: 9, pressure: 0.5, timeMs: 1, pointerType: 'mouse', pointerId: 1, pxPerScreenPx: 1, shiftKey: false, altKey: false, ctrlKey: false })).toBe(true) // biome-ignore format: one line
  })
})
