import { describe, expect, it } from 'vitest'
import { TestEditor } from '../../editor/testEditor'
import { editsOf, FILM_SPEEDS, framesOf, scenesOf, strokesOneByOne } from './filmScript'

/** Three strokes, one moved, a name, and an edit that was taken back. */
function drawn(): TestEditor {
  const hand = new TestEditor()
  for (const y of [100, 200, 300]) hand.draw([100, y], [300, y])
  hand.editor.select([hand.strokes[1]?.id ?? ''])
  hand.editor.commands.nudgeSelection(20, 0)
  hand.editor.commands.rename('Ann')
  hand.editor.commands.clear()
  hand.undo()
  return hand
}

describe('a film of every edit', () => {
  it('leads from the empty page to the drawing, without what was taken back', () => {
    const { editor, document } = drawn()
    const scenes = scenesOf(editsOf(editor.timeline(100)), 'normal')
    expect(scenes.map(({ drawn: strokes, after }) => [strokes.length, after.strokes.length])).toEqual([
      [0, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      // Moved: nothing grows.
      [0, 3],
      // The last one stands, whatever it was.
      [0, 3],
    ])
    expect(scenes.at(-1)?.after).toBe(document)
  })

  it('grows strokes over the drawing before, and ends with a long look', () => {
    const { editor } = drawn()
    const scenes = scenesOf(editsOf(editor.timeline(100)), 'slow')
    expect(scenes[2]?.before).toBe(scenes[1]?.after.strokes)
    expect(scenes[2]?.growFrames).toBe(FILM_SPEEDS.slow.grow)
    expect(scenes[4]?.growFrames).toBe(0)
    expect(scenes.at(-1)?.standFrames).toBeGreaterThan(FILM_SPEEDS.slow.stand)
    expect(framesOf(scenes)).toBeGreaterThan(framesOf(scenesOf(editsOf(editor.timeline(100)), 'fast')))
  })
})

describe('a film stroke by stroke', () => {
  it('has the strokes of now, one after another', () => {
    const { document } = drawn()
    expect(strokesOneByOne(document).map(({ strokes }) => strokes.length)).toEqual([0, 1, 2, 3])
  })

  it('draws a stroke and its mirror image at once', () => {
    const hand = new TestEditor({ settings: { symmetry: true } })
    hand.draw([100, 100], [200, 140])
    hand.draw([120, 300], [220, 340])
    expect(hand.strokes).toHaveLength(4)
    const scenes = scenesOf(strokesOneByOne(hand.document), 'normal')
    expect(scenes.map(({ drawn: strokes }) => strokes.length)).toEqual([0, 2, 2])
  })
})
