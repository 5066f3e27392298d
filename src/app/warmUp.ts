/**
 * Draws a few strokes that nobody sees, in an editor and a storage of their own: on a busy machine the first pen-up takes ten times as long as the later
 * ones, because the browser has yet to compile what it runs through, and until then the stroke is nowhere.
 */

import { createEditor } from '../editor'
import type { Editor, PointerInput } from '../editor/types'
import { openStorage } from '../storage'

const STROKES = 12
const MOVES = 6

/** @returns strokes drawn */
export async function warmUp(): Promise<number> {
  const storage = await openStorage({ inMemory: true })
  const editor = createEditor()
  const session = await storage.sketches.create(editor.documentStore.getState().document)
  editor.watchPen((strokes) => session.underPen(strokes))
  const stop = editor.documentStore.subscribe(({ document }) => void session.record(document))
  for (let i = 0; i < STROKES; i++) drawStroke(editor, 60 + 30 * i)
  stop()
  await session.flushed()
  await storage.close()
  return session.document.strokes.length
}

function drawStroke(editor: Editor, from: number): void {
  const at = (step: number): PointerInput => ({
    x: from + 9 * step,
    y: from + 4 * step,
    pressure: 0.5,
    timeMs: 8 * step,
    pointerType: 'mouse',
    pointerId: 1,
    pxPerScreenPx: 1,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
  })
  editor.pointerDown(at(0))
  for (let step = 1; step <= MOVES; step++) editor.pointerMove([at(step)])
  editor.pointerUp(at(MOVES))
}
