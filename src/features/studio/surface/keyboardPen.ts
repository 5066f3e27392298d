/**
 * Drawing without a pointer: arrow keys move a crosshair over the page, Space or Enter puts the pen (or whichever tool is chosen) down and
 * lifts it, Escape drops the stroke. Keys in, the editor's pointer events and announcements out; no DOM.
 */

import type { Editor, PointerInput } from '../../../editor/types'
import { SKETCH_SIZE_PX } from '../../../shared/units'

export interface KeyboardPenState {
  readonly x: number
  readonly y: number
  readonly down: boolean
}

export type KeyboardPenEvent = { kind: 'moved'; x: number; y: number } | { kind: 'down' } | { kind: 'up' } | { kind: 'cancelled' }

/** What the pen needs of a key press. */
export interface PenKey {
  readonly key: string
  readonly shiftKey: boolean
}

const STEP_PX = 2
const LARGE_STEP_PX = 10
/** Apart from every identifier that a browser gives. */
const KEYBOARD_POINTER_ID = -2

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

export class KeyboardPen {
  /** `null` until a key moves it, and again when a pointer takes over. */
  state: KeyboardPenState | null = null
  private readonly editor: Editor
  private readonly notify: (event: KeyboardPenEvent) => void

  constructor(editor: Editor, notify: (event: KeyboardPenEvent) => void) {
    this.editor = editor
    this.notify = notify
  }

  /** True when the key was the pen's. */
  press(key: PenKey): boolean {
    const direction = DIRECTIONS[key.key]
    if (direction) {
      this.move(direction, key.shiftKey)
      return true
    }
    if (key.key === 'Enter' || key.key === ' ') {
      this.toggle()
      return true
    }
    return key.key === 'Escape' && this.cancel()
  }

  /** A pointer draws now: the crosshair goes away, a stroke under it is kept. */
  retire(): void {
    if (this.state?.down) this.lift(this.state)
    this.state = null
  }

  /** Drops the stroke under the crosshair. True when there was one. */
  cancel(): boolean {
    if (!this.state?.down) return false
    this.state = { ...this.state, down: false }
    this.editor.cancel()
    this.notify({ kind: 'cancelled' })
    return true
  }

  private move([dx, dy]: readonly [number, number], large: boolean): void {
    const from = this.state ?? { x: SKETCH_SIZE_PX / 2, y: SKETCH_SIZE_PX / 2, down: false }
    const step = large ? LARGE_STEP_PX : STEP_PX
    const clamp = (value: number): number => Math.min(SKETCH_SIZE_PX, Math.max(0, value))
    this.state = { ...from, x: clamp(from.x + dx * step), y: clamp(from.y + dy * step) }
    this.editor.pointerMove([this.input(this.state)])
    this.notify({ kind: 'moved', x: this.state.x, y: this.state.y })
  }

  private toggle(): void {
    const state = this.state ?? { x: SKETCH_SIZE_PX / 2, y: SKETCH_SIZE_PX / 2, down: false }
    this.state = state
    if (state.down) {
      this.lift(state)
      return
    }
    if (!this.editor.pointerDown(this.input(state))) return
    this.state = { ...state, down: true }
    this.notify({ kind: 'down' })
  }

  private lift(state: KeyboardPenState): void {
    this.state = { ...state, down: false }
    this.editor.pointerUp(this.input(state))
    this.notify({ kind: 'up' })
  }

  private input({ x, y }: KeyboardPenState): PointerInput {
    return {
      x,
      y,
      pressure: 0.5,
      pointerType: 'keyboard',
      pointerId: KEYBOARD_POINTER_ID,
      shiftKey: false,
      altKey: false,
      ctrlKey: false,
      timeMs: performance.now(),
      pxPerScreenPx: 1 / this.editor.sessionStore.getState().view.zoom,
    }
  }
}
