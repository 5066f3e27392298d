/** A headless editor for tests whose gestures read as sentences: `editor.press(10, 10).drag(20, 20).lift()`. */

import { createEditor, type EditorOptions } from './createEditor'
import { POINT_STRIDE, type SketchDocument, type Stroke } from './document'
import type { Editor, HandleId, PointerInput, PreviewState, SessionState } from './types'

export class TestEditor {
  readonly editor: Editor
  /** How often the preview was announced. */
  announcements = 0
  #at = { x: 0, y: 0 }
  #timeMs = 0
  #event: Partial<PointerInput> = {}

  constructor(options: EditorOptions = {}) {
    let count = 0
    const exact = { smoothing: 0, stabiliser: 0 }
    this.editor = createEditor({ newId: () => `id${count++}`, ...options, settings: { ...exact, ...options.settings } })
    this.editor.preview.subscribe(() => this.announcements++)
  }

  get document(): SketchDocument {
    return this.editor.documentStore.getState().document
  }

  get strokes(): readonly Stroke[] {
    return this.document.strokes
  }

  get session(): SessionState {
    return this.editor.sessionStore.getState()
  }

  get preview(): PreviewState {
    return this.editor.preview.current
  }

  get revision(): number {
    return this.editor.documentStore.getState().revision
  }

  /** Qualities of the events to come: pen, pressure, keys. */
  with(event: Partial<PointerInput>): this {
    this.#event = { ...this.#event, ...event }
    return this
  }

  event(x: number, y: number, more: Partial<PointerInput> = {}): PointerInput {
    this.#timeMs += 8
    const plain = { pressure: 0.5, pointerType: 'mouse', pointerId: 1, shiftKey: false, altKey: false, ctrlKey: false } as const
    return { ...plain, x, y, timeMs: this.#timeMs, pxPerScreenPx: 1 / this.session.view.zoom, ...this.#event, ...more }
  }

  press(x: number, y: number): this {
    this.#at = { x, y }
    this.editor.pointerDown(this.event(x, y))
    return this
  }

  /** In `steps` straight steps to (x, y), one event each. */
  drag(x: number, y: number, steps = 5): this {
    const from = this.#at
    for (let n = 1; n <= steps; n++) {
      this.#at = { x: from.x + (n / steps) * (x - from.x), y: from.y + (n / steps) * (y - from.y) }
      this.editor.pointerMove([this.event(this.#at.x, this.#at.y)])
    }
    return this
  }

  lift(): this {
    this.editor.pointerUp(this.event(this.#at.x, this.#at.y))
    return this
  }

  hover(x: number, y: number): this {
    this.editor.pointerMove([this.event(x, y)])
    return this
  }

  tool(tool: SessionState['tool']): this {
    this.editor.setTool(tool)
    return this
  }

  /** Draws through these corners with the pen, whatever tool was chosen, and returns the new stroke. */
  draw(...corners: readonly (readonly [number, number])[]): Stroke {
    this.tool('pen')
    const [first = [0, 0] as const, ...rest] = corners
    this.press(...first)
    for (const corner of rest) this.drag(...corner)
    this.lift()
    const stroke = this.strokes.at(-1)
    if (!stroke) throw new Error('Nothing was drawn.')
    return stroke
  }

  /** Presses on a handle of the selection. */
  pressHandle(id: HandleId): this {
    const handle = this.preview.selectionBox?.handles.find((candidate) => candidate.id === id)
    if (!handle) throw new Error(`No handle ${id}`)
    return this.press(handle.x, handle.y)
  }

  undo(): boolean {
    return this.editor.commands.undo()
  }

  redo(): boolean {
    return this.editor.commands.redo()
  }
}

/** `[x, y]` of a stroke's points. */
export function places(stroke: Stroke | undefined): [number, number][] {
  const out: [number, number][] = []
  const points = stroke?.points ?? []
  for (let i = 0; i + 1 < points.length; i += POINT_STRIDE) out.push([points[i] ?? 0, points[i + 1] ?? 0])
  return out
}

/** Three level lines at y = 100, 200, 300 from x = 100 to 300. */
export function threeLines(): TestEditor {
  const editor = new TestEditor()
  for (const y of [100, 200, 300]) editor.draw([100, y], [300, y])
  return editor
}
