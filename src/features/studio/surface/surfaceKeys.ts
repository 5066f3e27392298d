/** Keys on the focused surface: the keyboard's pen, and the space bar, which pans while held with a pointer and is the pen's otherwise. */

import type { Editor } from '../../../editor/types'
import type { Messages } from '../../ui/i18n/messages'
import type { Announcements } from './announcements'
import { KeyboardPen, type KeyboardPenEvent } from './keyboardPen'
import type { SurfacePainter } from './surfacePainter'
import { revealPoint } from './view'

/** Positions are announced after the crosshair has rested this long. */
const ANNOUNCE_POSITION_MS = 400

export interface SurfaceKeysHost {
  readonly element: HTMLElement
  readonly editor: Editor
  readonly painter: SurfacePainter
  readonly announcements: Announcements
  readonly messages: () => Messages
  readonly surfacePx: () => number
}

export class SurfaceKeys {
  private readonly host: SurfaceKeysHost
  private readonly pen: KeyboardPen
  private spaceHeld = false
  /** A pointer came down while the space bar was held: it was for panning. */
  private spaceUsed = false
  private positionTimer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners: readonly [string, (event: never) => void][]

  constructor(host: SurfaceKeysHost) {
    this.host = host
    this.pen = new KeyboardPen(host.editor, (event) => this.onPen(event))
    host.painter.keyboardPen = () => this.pen.state
    this.listeners = [
      ['keydown', (event: KeyboardEvent) => this.onKeyDown(event)],
      ['keyup', (event: KeyboardEvent) => this.onKeyUp(event)],
      ['blur', () => this.onBlur()],
    ]
    for (const [type, listener] of this.listeners) host.element.addEventListener(type, listener as EventListener)
  }

  get isSpaceHeld(): boolean {
    return this.spaceHeld
  }

  /** A pointer draws now. */
  onPointer(): void {
    this.spaceUsed = true
    this.pen.retire()
    this.host.painter.schedule()
  }

  dispose(): void {
    clearTimeout(this.positionTimer)
    for (const [type, listener] of this.listeners) this.host.element.removeEventListener(type, listener as EventListener)
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ') {
      event.preventDefault()
      if (!event.repeat) Object.assign(this, { spaceHeld: true, spaceUsed: false })
      this.host.element.dataset.space = 'held'
      return
    }
    if (this.isNudge(event) || (event.repeat && event.key === 'Enter') || !this.pen.press(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  private onKeyUp(event: KeyboardEvent): void {
    if (event.key !== ' ' || !this.spaceHeld) return
    this.releaseSpace()
    if (!this.spaceUsed && document.activeElement === this.host.element) this.pen.press(event)
  }

  private onBlur(): void {
    this.releaseSpace()
    this.pen.retire()
    this.host.painter.schedule()
  }

  private releaseSpace(): void {
    this.spaceHeld = false
    delete this.host.element.dataset.space
  }

  /** Arrow keys move what is selected instead of the crosshair; the studio's shortcuts do that. */
  private isNudge(event: KeyboardEvent): boolean {
    const { tool, selection } = this.host.editor.sessionStore.getState()
    return event.key.startsWith('Arrow') && tool === 'select' && selection.length > 0 && !this.pen.state?.down
  }

  private onPen(event: KeyboardPenEvent): void {
    const { painter, announcements, messages } = this.host
    clearTimeout(this.positionTimer)
    painter.schedule()
    const { page } = messages()
    switch (event.kind) {
      case 'moved':
        this.reveal(event.x, event.y)
        this.positionTimer = setTimeout(() => announcements.say(page.penAt(event.x, event.y)), ANNOUNCE_POSITION_MS)
        return
      case 'down':
        announcements.say(page.penDown)
        return
      case 'up':
        announcements.say(this.whatWasDone(messages()))
        return
      case 'cancelled':
        announcements.say(page.cancelled)
    }
  }

  private reveal(x: number, y: number): void {
    const { editor, surfacePx } = this.host
    editor.setSettings({ view: revealPoint(editor.sessionStore.getState().view, x, y, surfacePx()) })
  }

  private whatWasDone({ page, parts, options }: Messages): string {
    const { documentStore, sessionStore } = this.host.editor
    const { tool, selection } = sessionStore.getState()
    if (tool === 'select') return selection.length > 0 ? options.selected(selection.length) : options.nothingSelected
    const part = documentStore.getState().lastEditedParts[0]
    return tool === 'eraser' || !part ? page.erased : page.penUp(parts[part])
  }
}
