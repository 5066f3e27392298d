/** Keys on the focused surface: the keyboard's pen; and the space bar, which pans wherever the focus is. */

import type { Editor } from '../../../editor/types'
import type { Messages } from '../../ui/i18n/messages'
import { isComposing } from '../../ui/keyPress'
import { takesKey } from '../takesKey'
import { toolById } from '../tools'
import type { Announcements } from './announcements'
import { KeyboardPen, type KeyboardPenEvent } from './keyboardPen'
import { SpaceBar } from './spaceBar'
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
  private readonly space: SpaceBar
  private positionTimer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners: readonly [string, (event: never) => void][]

  constructor(host: SurfaceKeysHost) {
    this.host = host
    this.pen = new KeyboardPen(host.editor, (event) => this.onPen(event))
    host.painter.keyboardPen = () => this.pen.state
    this.space = new SpaceBar({
      onHeld: (held) => {
        if (held) host.element.dataset.space = 'held'
        else delete host.element.dataset.space
      },
      onTap: (event) => {
        if (!host.editor.preview.current.gesture || this.pen.state?.down) this.pen.press(event)
      },
      // A list is opened by a space only where the keyboard went to it.
      takesSpace: (target) =>
        (takesKey(target, ' ') && !(target instanceof HTMLSelectElement)) || document.querySelector('dialog:modal') !== null,
      isSurface: (target) => target === host.element,
    })
    this.listeners = [
      ['keydown', (event: KeyboardEvent) => this.onKeyDown(event)],
      ['blur', () => this.onBlur()],
    ]
    for (const [type, listener] of this.listeners) host.element.addEventListener(type, listener as EventListener)
  }

  get isSpaceHeld(): boolean {
    return this.space.isHeld
  }

  /** A pointer draws now. */
  onPointer(): void {
    this.space.onPointer()
    this.pen.retire()
    this.host.painter.schedule()
  }

  dispose(): void {
    clearTimeout(this.positionTimer)
    this.space.dispose()
    for (const [type, listener] of this.listeners) this.host.element.removeEventListener(type, listener as EventListener)
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ' || isComposing(event)) return
    if (this.isNudge(event) || (event.repeat && event.key === 'Enter') || !this.pen.press(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  private onBlur(): void {
    this.pen.retire()
    this.host.painter.schedule()
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

  private whatWasDone(messages: Messages): string {
    const { documentStore, sessionStore } = this.host.editor
    const done = toolById(sessionStore.getState().tool)?.done
    if (done) return done(messages, this.host.editor)
    const part = documentStore.getState().lastEditedParts[0]
    return part ? messages.page.penUp(messages.parts[part]) : messages.page.erased
  }
}
