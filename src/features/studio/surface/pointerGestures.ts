/**
 * Pointers on the surface: one draws (coalesced, captured), two fingers zoom and pan, the middle button, a held space bar or the pan tool pan,
 * the wheel pans or (with Control) zooms. DOM events in, the editor's pointer events and view changes out.
 */

import type { Editor, PointerInput, View } from '../../../editor/types'
import { panBy, toSketch, zoomAt } from './view'

export interface GestureHost {
  readonly element: HTMLElement
  readonly editor: Editor
  /** Side of the surface in CSS pixels. */
  surfacePx(): number
  isSpaceHeld(): boolean
  /** A pointer has come down on the surface. */
  onPointer(): void
  onPanning(panning: boolean): void
}

interface Finger {
  x: number
  y: number
}

const WHEEL_ZOOM = 0.0022

/** Listens until the returned function is called. */
export function listenToPointers(host: GestureHost): () => void {
  const gestures = new PointerGestures(host)
  const { element } = host
  const listeners: [string, (event: never) => void, AddEventListenerOptions?][] = [
    ['pointerdown', (event: PointerEvent) => gestures.down(event)],
    ['pointermove', (event: PointerEvent) => gestures.move(event)],
    ['pointerup', (event: PointerEvent) => gestures.up(event)],
    ['pointercancel', (event: PointerEvent) => gestures.cancelled(event)],
    ['pointerleave', () => host.editor.pointerLeave()],
    ['wheel', (event: WheelEvent) => gestures.wheel(event), { passive: false }],
    ['contextmenu', (event: Event) => event.preventDefault()],
  ]
  for (const [type, listener, options] of listeners) element.addEventListener(type, listener as EventListener, options)
  return () => {
    for (const [type, listener] of listeners) element.removeEventListener(type, listener as EventListener)
  }
}

class PointerGestures {
  private readonly host: GestureHost
  private box: DOMRect
  private readonly fingers = new Map<number, Finger>()
  /** The pointer that the editor has taken. */
  private drawing: number | null = null
  private drawsWithPen = false
  /** The pointer that pans on its own. */
  private panning: { id: number; x: number; y: number } | null = null

  constructor(host: GestureHost) {
    this.host = host
    this.box = host.element.getBoundingClientRect()
  }

  down(event: PointerEvent): void {
    const { host } = this
    // The hand that holds the pen rests on the screen, with as many contacts as it likes.
    if (event.pointerType === 'touch' && this.drawing !== null && this.drawsWithPen) return
    if (event.pointerType === 'pen') this.forgetFingers()
    this.box = host.element.getBoundingClientRect()
    host.onPointer()
    capture(host.element, event.pointerId)
    if (event.pointerType === 'touch') {
      this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      if (this.fingers.size === 2) {
        this.beginPinch()
        return
      }
      if (this.fingers.size > 2) return
    }
    if (this.drawing !== null && event.pointerType !== 'pen') return
    if (event.button === 0 && !host.isSpaceHeld() && host.editor.pointerDown(this.input(event))) {
      this.drawing = event.pointerId
      this.drawsWithPen = event.pointerType === 'pen'
      return
    }
    if (event.button > 1) return
    event.preventDefault()
    this.panning = { id: event.pointerId, x: event.clientX, y: event.clientY }
    host.onPanning(true)
  }

  move(event: PointerEvent): void {
    if (this.fingers.has(event.pointerId)) {
      if (this.fingers.size >= 2) {
        this.pinch(event)
        return
      }
      this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    }
    if (this.panning) {
      if (this.panning.id === event.pointerId) this.pan(event)
      return
    }
    if (this.drawing !== null && this.drawing !== event.pointerId) return
    if (this.drawing === null) this.box = this.host.element.getBoundingClientRect()
    const coalesced = event.getCoalescedEvents?.() ?? []
    this.host.editor.pointerMove((coalesced.length > 0 ? coalesced : [event]).map((part) => this.input(part)))
  }

  up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId)
    if (this.drawing === event.pointerId) {
      this.drawing = null
      this.host.editor.pointerUp(this.input(event))
    }
    this.endPan(event.pointerId)
  }

  cancelled(event: PointerEvent): void {
    this.fingers.delete(event.pointerId)
    if (this.drawing === event.pointerId) {
      this.drawing = null
      this.host.editor.cancel()
    }
    this.endPan(event.pointerId)
  }

  wheel(event: WheelEvent): void {
    event.preventDefault()
    const { left, top } = this.host.element.getBoundingClientRect()
    const lineHeight = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-event.deltaY * lineHeight * WHEEL_ZOOM * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 2 : 1))
      this.changeView((view, surface) => zoomAt(view, factor, event.clientX - left, event.clientY - top, surface))
    } else {
      const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      this.changeView((view, surface) => panBy(view, -dx * lineHeight, -dy * lineHeight, surface))
    }
  }

  private forgetFingers(): void {
    this.fingers.clear()
    this.panning = null
    this.host.onPanning(false)
  }

  /** A second finger: what the first one has begun is dropped. */
  private beginPinch(): void {
    if (this.drawing !== null) {
      this.drawing = null
      this.host.editor.cancel()
    }
    this.panning = null
    this.host.onPanning(true)
  }

  private pinch(event: PointerEvent): void {
    const before = this.pinchGeometry()
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = this.pinchGeometry()
    if (!before || !after) return
    const x = after.x - this.box.left
    const y = after.y - this.box.top
    this.changeView((view, surface) => {
      const panned = panBy(view, after.x - before.x, after.y - before.y, surface)
      return zoomAt(panned, before.distance > 0 ? after.distance / before.distance : 1, x, y, surface)
    })
  }

  private pinchGeometry(): { x: number; y: number; distance: number } | null {
    const [a, b] = [...this.fingers.values()]
    if (!a || !b) return null
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) }
  }

  private pan(event: PointerEvent): void {
    const { panning } = this
    if (!panning) return
    this.changeView((view, surface) => panBy(view, event.clientX - panning.x, event.clientY - panning.y, surface))
    this.panning = { id: panning.id, x: event.clientX, y: event.clientY }
  }

  private endPan(pointerId: number): void {
    if (this.panning?.id === pointerId) this.panning = null
    if (!this.panning && this.fingers.size < 2) this.host.onPanning(false)
  }

  private changeView(change: (view: View, surfacePx: number) => View): void {
    const { editor } = this.host
    editor.setSettings({ view: change(editor.sessionStore.getState().view, this.host.surfacePx()) })
  }

  private input(event: PointerEvent): PointerInput {
    const { view } = this.host.editor.sessionStore.getState()
    const { x, y } = toSketch(view, event.clientX - this.box.left, event.clientY - this.box.top)
    const pointerType = event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse'
    return {
      x,
      y,
      // A finger without force reports 0 or 1: neutral.
      pressure: pointerType === 'pen' || (event.pressure > 0 && event.pressure < 1) ? event.pressure : 0.5,
      pointerType,
      pointerId: event.pointerId,
      shiftKey: event.shiftKey,
      altKey: event.altKey,
      ctrlKey: event.ctrlKey || event.metaKey,
      timeMs: event.timeStamp,
      pxPerScreenPx: 1 / view.zoom,
    }
  }
}

/** Capture can fail for a pointer that is gone already (or a synthetic one); the gesture works without. */
function capture(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId)
  } catch {
    // Nothing to do: events then end at the edge of the surface.
  }
}
