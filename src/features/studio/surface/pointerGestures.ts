/**
 * Pointers on the surface: DOM events go through the gesture machine, and what it decides becomes the editor's pointer events (coalesced,
 * captured) and changes of the view. The wheel pans or (with Control) zooms.
 */

import type { Editor, PointerInput, View } from '../../../editor/types'
import { AT_REST, type Effect, type GestureState, type Happening, isPanning, type Pointer, step } from './gestureMachine'
import { panBy, toSketch, turnBack, zoomAt } from './view'

export interface GestureHost {
  readonly element: HTMLElement
  readonly editor: Editor
  /** Side of the surface in CSS pixels. */
  surfacePx(): number
  /** How far the page is turned on the screen, clockwise. */
  turnDegrees(): number
  isSpaceHeld(): boolean
  /** A pointer has come down on the surface. */
  onPointer(): void
  onPanning(panning: boolean): void
  /** A pen draws for the first time: fingers pan from now on. */
  onFirstPen(): void
}

const WHEEL_ZOOM = 0.0022
/** Of one event: a notch of a wheel is one small step, however far its driver says that it went. */
const WHEEL_STEP = Math.log(1.08)

/** Listens until the returned function is called. */
export function listenToPointers(host: GestureHost): () => void {
  const gestures = new PointerGestures(host)
  const { element } = host
  const surface: readonly [string, (event: never) => void, AddEventListenerOptions?][] = [
    ['pointerdown', (event: PointerEvent) => gestures.down(event)],
    ['pointermove', (event: PointerEvent) => gestures.pointer('move', event)],
    ['pointerup', (event: PointerEvent) => gestures.pointer('up', event)],
    ['pointercancel', (event: PointerEvent) => gestures.happen({ type: 'cancel', id: event.pointerId })],
    ['lostpointercapture', (event: PointerEvent) => gestures.happen({ type: 'lost', id: event.pointerId })],
    ['pointerleave', (event: PointerEvent) => gestures.happen({ type: 'leave', id: event.pointerId })],
    ['wheel', (event: WheelEvent) => gestures.wheel(event), { passive: false }],
    ['contextmenu', (event: Event) => event.preventDefault()],
  ]
  const onBlur = (): void => gestures.happen({ type: 'blur' })
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') onBlur()
  }
  for (const [type, listener, options] of surface) element.addEventListener(type, listener as EventListener, options)
  window.addEventListener('blur', onBlur)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    for (const [type, listener] of surface) element.removeEventListener(type, listener as EventListener)
    window.removeEventListener('blur', onBlur)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}

/** Keys that are held while a pointer moves. */
type Modifiers = Pick<PointerInput, 'shiftKey' | 'altKey' | 'ctrlKey'>
const NO_MODIFIERS: Modifiers = { shiftKey: false, altKey: false, ctrlKey: false }

class PointerGestures {
  private readonly host: GestureHost
  private box: DOMRect
  private state: GestureState = AT_REST

  constructor(host: GestureHost) {
    this.host = host
    this.box = host.element.getBoundingClientRect()
  }

  down(event: PointerEvent): void {
    this.host.onPointer()
    this.pointer('down', event)
    // A middle button would scroll, a pen or finger start a selection elsewhere.
    if (isPanning(this.state)) event.preventDefault()
  }

  pointer(type: 'down' | 'move' | 'up', event: PointerEvent): void {
    // Where the surface lies cannot change under a gesture; a measurement per event would cost a layout.
    if (!this.state.drawing) this.box = this.host.element.getBoundingClientRect()
    this.happen({ type, pointer: this.pointerOf(event) }, event)
  }

  happen(happening: Happening, event?: PointerEvent): void {
    const { host } = this
    const { tool, penOnly } = host.editor.sessionStore.getState()
    const before = this.state
    const { state, effects } = step(before, happening, { pans: host.isSpaceHeld() || tool === 'pan', penOnly })
    this.state = state
    if (event && owns(state, event.pointerId) && !owns(before, event.pointerId)) capture(host.element, event.pointerId)
    for (const effect of effects) this.perform(effect, event)
    if (isPanning(state) !== isPanning(before)) host.onPanning(isPanning(state))
  }

  wheel(event: WheelEvent): void {
    event.preventDefault()
    // The page does not move away under the pen.
    if (this.state.drawing) return
    const { left, top } = this.host.element.getBoundingClientRect()
    const lineHeight = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    if (event.ctrlKey || event.metaKey) {
      const wished = -event.deltaY * lineHeight * WHEEL_ZOOM * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 2 : 1)
      const factor = Math.exp(Math.max(-WHEEL_STEP, Math.min(WHEEL_STEP, wished)))
      const at = this.turnedBack(event.clientX - left, event.clientY - top)
      this.changeView((view, surface) => zoomAt(view, factor, at.x, at.y, surface))
    } else {
      const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      const moved = turnBack(-dx * lineHeight, -dy * lineHeight, 0, this.host.turnDegrees())
      this.changeView((view, surface) => panBy(view, moved.x, moved.y, surface))
    }
  }

  private perform(effect: Effect, event: PointerEvent | undefined): void {
    const { editor, onFirstPen } = this.host
    switch (effect.do) {
      case 'begin':
        editor.pointerDown(this.input(effect.at, event), effect.tool === 'eraser' ? 'eraser' : undefined)
        return
      case 'extend':
      case 'hover':
        if (event) editor.pointerMove(coalesced(event).map((part) => this.input(this.pointerOf(part), part)))
        return
      case 'end':
        editor.pointerUp(this.input(effect.at, event))
        return
      case 'drop':
        // Without a gesture (a key has ended it), cancelling would empty the selection.
        if (editor.preview.current.gesture) editor.cancel()
        return
      case 'unhover':
        editor.pointerLeave()
        return
      case 'pan':
        this.changeView((view, surface) => panBy(view, effect.dx, effect.dy, surface))
        return
      case 'pinch':
        this.changeView((view, surface) =>
          zoomAt(panBy(view, effect.dx, effect.dy, surface), effect.factor, effect.x - this.box.left, effect.y - this.box.top, surface),
        )
        return
      case 'tap':
        if (effect.fingers === 2) editor.commands.undo()
        if (effect.fingers === 3) editor.commands.redo()
        return
      case 'penArrived':
        onFirstPen()
    }
  }

  /** A place of the surface as it would be on the upright page. */
  private turnedBack(x: number, y: number): { x: number; y: number } {
    return turnBack(x, y, this.host.surfacePx() / 2, this.host.turnDegrees())
  }

  /** Everything after this happens on the upright page. */
  private pointerOf(event: PointerEvent): Pointer {
    const kind = event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse'
    const { pointerId: id, button, buttons, pressure } = event
    const { left, top } = this.box
    const { x, y } = this.turnedBack(event.clientX - left, event.clientY - top)
    return { id, kind, x: x + left, y: y + top, button, buttons, pressure, timeMs: event.timeStamp }
  }

  private changeView(change: (view: View, surfacePx: number) => View): void {
    const { editor } = this.host
    editor.setSettings({ view: change(editor.sessionStore.getState().view, this.host.surfacePx()) })
  }

  private input(pointer: Pointer, event: PointerEvent | undefined): PointerInput {
    const { view } = this.host.editor.sessionStore.getState()
    const modifiers = event ? { shiftKey: event.shiftKey, altKey: event.altKey, ctrlKey: event.ctrlKey || event.metaKey } : NO_MODIFIERS
    return {
      ...toSketch(view, pointer.x - this.box.left, pointer.y - this.box.top),
      // A finger without force reports 0 or 1: neutral.
      pressure: pointer.kind === 'pen' || (pointer.pressure > 0 && pointer.pressure < 1) ? pointer.pressure : 0.5,
      pointerType: pointer.kind,
      pointerId: pointer.id,
      ...modifiers,
      timeMs: event?.timeStamp ?? performance.now(),
      pxPerScreenPx: 1 / view.zoom,
    }
  }
}

function coalesced(event: PointerEvent): readonly PointerEvent[] {
  const parts = event.getCoalescedEvents?.() ?? []
  return parts.length > 0 ? parts : [event]
}

function owns({ drawing, panning, fingers }: GestureState, id: number): boolean {
  return drawing?.last.id === id || panning?.id === id || fingers.some((finger) => finger.id === id)
}

/** Capture can fail for a pointer that is gone already (or a synthetic one); the gesture works without. */
function capture(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId)
  } catch {
    // Nothing to do: events then end at the edge of the surface.
  }
}
