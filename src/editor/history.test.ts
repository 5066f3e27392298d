import { describe, expect, it } from 'vitest'
import { PARTS } from '../faces/parts'
import { mulberry32 } from '../shared/rng'
import type { SketchDocument } from './document'
import { TestEditor } from './testEditor'
import { DEFAULT_TOOLS } from './tools'

/** One random thing that a person might do. */
function randomEdit(editor: TestEditor, random: () => number): void {
  const { commands } = editor.editor
  const place = (): [number, number] => [random() * 512, random() * 512]
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const gesture = (): void => {
    editor.with({
      shiftKey: random() < 0.2,
      altKey: random() < 0.2,
      pointerType: pick(['mouse', 'pen', 'touch'] as const) ?? 'mouse',
      pressure: random(),
    })
    editor.tool(pick([...DEFAULT_TOOLS.map(({ id }) => id), 'pan']) ?? 'pen').press(...place())
    for (let n = 0; n < 3; n++) editor.drag(...place(), 4)
    if (random() < 0.15) editor.editor.cancel()
    editor.lift()
  }
  const choices = [
    ...[gesture, gesture, gesture, gesture, gesture, gesture],
    () =>
      editor.editor.setSettings({ symmetry: random() < 0.5, smoothing: random(), stabiliser: random() / 4, penWidthPx: 1 + 7 * random() }),
    () => editor.editor.setSettings({ eraserMode: random() < 0.5 ? 'point' : 'stroke', eraserRadiusPx: 4 + 20 * random() }),
    () => editor.editor.selectAll(),
    () => editor.editor.select(editor.strokes.filter(() => random() < 0.4).map((stroke) => stroke.id)),
    () => commands.deleteSelection(),
    () => editor.strokes.length < 60 && commands.duplicateSelection(),
    () => commands.nudgeSelection(20 * random() - 10, 20 * random() - 10),
    () => commands.scaleSelection(0.7 + 0.6 * random()),
    () => commands.rotateSelection(random() - 0.5),
    () => commands.flipSelection(),
    () => commands.setPartOfSelection(pick(PARTS) ?? 'other'),
    () => commands.setWidthOfSelection(1 + 7 * random()),
    () => commands.startFromMeanFace(random() < 0.2 ? 'replace' : 'fill'),
    () => random() < 0.2 && commands.clear(),
    () => commands.rename(`n${Math.floor(random() * 5)}`),
    () => commands.undo(),
    () => commands.redo(),
  ]
  pick(choices)?.()
}

function expectSound({ strokes }: SketchDocument): void {
  expect(new Set(strokes.map((stroke) => stroke.id)).size).toBe(strokes.length)
  for (const { points } of strokes) {
    expect(points.length > 0 && points.length % 3 === 0).toBe(true)
    expect(points.every(Number.isFinite)).toBe(true)
  }
}

describe('history', () => {
  it.each([1, 2, 3, 4, 5, 6])('undoes any edits to the first document and redoes them to the last (seed %i)', (seed) => {
    const random = mulberry32(seed)
    const editor = new TestEditor()
    const first = editor.document
    let { revision } = editor
    for (let n = 0; n < 120; n++) {
      const before = editor.document
      randomEdit(editor, random)
      expectSound(editor.document)
      expect(editor.preview.gesture).toBe(false)
      expect(editor.document === before).toBe(editor.revision === revision)
      revision = editor.revision
    }
    const last = editor.document
    while (editor.redo());
    const newest = editor.document
    const seen = [newest]
    while (editor.undo()) seen.push(editor.document)
    expect(editor.document).toBe(first)
    expect(seen).toContain(last)
    for (const document of seen.reverse().slice(1)) {
      expect(editor.redo()).toBe(true)
      expect(editor.document).toBe(document)
    }
    expect(editor.document).toBe(newest)
    expect(editor.redo()).toBe(false)
  })

  it('forgets what could be redone after a new edit', () => {
    const editor = new TestEditor()
    editor.draw([10, 10], [20, 20])
    editor.undo()
    expect(editor.editor.documentStore.getState()).toMatchObject({ canUndo: false, canRedo: true, redoKind: 'draw' })
    editor.draw([30, 30], [40, 40])
    expect(editor.redo()).toBe(false)
  })

  it('has no small limit: two thousand strokes and back', () => {
    const editor = new TestEditor()
    const first = editor.document
    for (let n = 0; n < 2000; n++) editor.press(n % 512, 50).lift()
    expect(editor.strokes).toHaveLength(2000)
    let count = 0
    while (editor.undo()) count++
    expect(count).toBe(2000)
    expect(editor.document).toBe(first)
  })

  it('shares strokes that did not change', () => {
    const editor = new TestEditor()
    const kept = editor.draw([10, 10], [20, 20])
    editor.draw([100, 100], [200, 200])
    editor.editor.select([editor.strokes[1]?.id ?? ''])
    editor.editor.commands.nudgeSelection(5, 5)
    expect(editor.strokes[0]).toBe(kept)
  })
})
