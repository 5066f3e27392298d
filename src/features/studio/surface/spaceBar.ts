/**
 * The space bar, wherever the focus is: held it pans with a pointer, and only pans. A tap without a pointer is left to whatever has the focus
 * by the keyboard: a button that was reached by Tab is pressed, the drawing surface puts its pen down. What merely was clicked last (a tool)
 * does not hear of it. Text fields and dialogs keep their spaces.
 */

export interface SpaceHost {
  /** Shown on the surface while the bar is held. */
  onHeld(held: boolean): void
  /** A tap that was not used for panning, with the surface in focus. */
  onTap(event: KeyboardEvent): void
  /** Whether this element takes spaces as text, or covers the page. */
  takesSpace(target: EventTarget | null): boolean
  isSurface(target: EventTarget | null): boolean
}

export class SpaceBar {
  private readonly host: SpaceHost
  private held = false
  /** A pointer was down while the bar was held: it was for panning. */
  private used = false
  /** Whether the focus came to where it is by keyboard. */
  private keyboardFocus = true
  private readonly listeners: readonly [string, (event: never) => void, boolean][]

  constructor(host: SpaceHost) {
    this.host = host
    this.listeners = [
      // Focus by pointer is known before the element sees it.
      ['pointerdown', () => this.onPointer(), true],
      ['keydown', (event: KeyboardEvent) => this.onKeyDown(event), true],
      ['keyup', (event: KeyboardEvent) => this.onKeyUp(event), true],
      ['blur', () => this.release(), false],
    ]
    for (const [type, listener, capture] of this.listeners) window.addEventListener(type, listener as EventListener, capture)
  }

  get isHeld(): boolean {
    return this.held
  }

  /** A pointer has a gesture under way: the bar that is pressed now is not a tap. */
  onPointer(): void {
    this.used = true
    this.keyboardFocus = false
  }

  release(): void {
    if (!this.held) return
    this.held = false
    this.host.onHeld(false)
  }

  dispose(): void {
    for (const [type, listener, capture] of this.listeners) window.removeEventListener(type, listener as EventListener, capture)
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab' || event.key.startsWith('Arrow')) this.keyboardFocus = true
    if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (this.host.takesSpace(event.target)) return
    if (!event.repeat) this.used = false
    this.held = true
    this.host.onHeld(true)
    // A button is pressed by the key's release; until then it may still have been for panning.
    if (!this.keyboardFocus || this.host.isSurface(event.target) || !isControl(event.target)) event.preventDefault()
  }

  private onKeyUp(event: KeyboardEvent): void {
    if (event.key !== ' ' || !this.held) return
    this.release()
    if (this.used || !this.keyboardFocus) event.preventDefault()
    else if (this.host.isSurface(event.target)) this.host.onTap(event)
  }
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, input, select, [role="button"], [role="switch"]') !== null
}
