/**
 * The operator's side of the witness's window: opens it, says what it shows, and knows whether it is there and shows it. Keeps nothing. One link for as long as a case is open;
 * until the window is asked for, nothing is opened and nothing is shown.
 */

import {
  BLANK,
  CAPTION_MOST,
  channelOf,
  type FromOperator,
  PULSE_MS,
  randomChannelName,
  readFromWitness,
  SILENCE_MS,
  type WitnessChannel,
  type WitnessView,
  witnessHash,
} from './witnessMessages'

export interface WitnessState {
  /** The window answers. */
  readonly isThere: boolean
  /** The present view is on its screen. */
  readonly isShown: boolean
  readonly view: WitnessView
}

/** As much of a window as is used. */
export type OpenedWindow = Pick<Window, 'focus' | 'close'>

interface Surroundings {
  /** Of the interface (`zh`); asked with every view. */
  readonly language: () => string
  /** Of the channel and the window; random, if it is not that of a link that a reload has ended. */
  readonly name?: string
  readonly openChannel?: (name: string) => WitnessChannel
  /** `null` where the browser would not. */
  readonly openWindow?: (address: string, name: string) => OpenedWindow | null
  /** What tells that this page is being left. */
  readonly leaving?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

export class WitnessLink {
  readonly name: string
  private readonly language: () => string
  private readonly channel: WitnessChannel
  private readonly openWindow: (address: string, name: string) => OpenedWindow | null
  private readonly leaving: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  private readonly pulse: ReturnType<typeof setInterval>
  private readonly listeners = new Set<() => void>()
  private opened: OpenedWindow | null = null
  /** Views are counted from 1: a window that shows none says 0. */
  private nr = 1
  private heardAt = 0
  private known: WitnessState = { isThere: false, isShown: false, view: BLANK }

  constructor({ language, name = randomChannelName(), openChannel, openWindow = openPopup, leaving = window }: Surroundings) {
    this.language = language
    this.name = name
    this.channel = openChannel ? openChannel(channelOf(name)) : new BroadcastChannel(channelOf(name))
    this.openWindow = openWindow
    this.leaving = leaving
    this.channel.onmessage = ({ data }) => this.hear(data)
    this.leaving.addEventListener('pagehide', this.leave)
    // A page that crashed has not said goodbye: what it showed goes, and views are counted anew.
    this.leave()
    this.pulse = setInterval(() => this.beat(), PULSE_MS)
  }

  /** A new object with every change. */
  get state(): WitnessState {
    return this.known
  }

  /** Returns the unsubscriber. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** From a click or a key, or the browser refuses; one that is there comes to the front. @returns `false` when it was refused */
  open(): boolean {
    this.opened = this.openWindow(`witness.html${witnessHash(this.name, this.language())}`, this.name)
    this.opened?.focus()
    return this.opened !== null
  }

  /** At once where the window is there, and whenever it opens from now on. */
  show(view: WitnessView): void {
    this.nr++
    this.change({ isShown: false, view: view.kind === 'blank' ? view : { ...view, caption: view.caption.slice(0, CAPTION_MOST) } })
    this.sendView()
  }

  /** The window is closed and the link is over. */
  close(): void {
    this.send({ from: 'operator', kind: 'close' })
    this.opened?.close()
    this.opened = null
    clearInterval(this.pulse)
    this.leaving.removeEventListener('pagehide', this.leave)
    this.channel.onmessage = null
    this.channel.close()
    this.change({ isThere: false, isShown: false, view: BLANK })
    this.listeners.clear()
  }

  private readonly leave = (): void => this.send({ from: 'operator', kind: 'bye' })

  private hear(data: unknown): void {
    const message = readFromWitness(data)
    if (!message) return
    if (message.kind === 'gone') {
      this.change({ isThere: false, isShown: false })
      // A second window at the same address says that it is still there.
      this.send({ from: 'operator', kind: 'ping' })
      return
    }
    this.heardAt = Date.now()
    if (message.kind === 'hello') {
      this.change({ isThere: true, isShown: false })
      this.sendView()
      return
    }
    this.change({ isThere: true, isShown: message.nr === this.nr })
    // At once: the timers of a page that lies behind another one are held back, its messages are not.
    if (message.asks) this.send({ from: 'operator', kind: 'still' })
  }

  private beat(): void {
    if (this.known.isThere && Date.now() - this.heardAt > SILENCE_MS) this.change({ isThere: false, isShown: false })
    this.send({ from: 'operator', kind: 'ping' })
  }

  private sendView(): void {
    this.send({ from: 'operator', kind: 'view', nr: this.nr, view: this.known.view, language: this.language() })
  }

  private send(message: FromOperator): void {
    this.channel.postMessage(message)
  }

  private change(to: Partial<WitnessState>): void {
    const { isThere, isShown, view } = this.known
    const next = { ...this.known, ...to }
    if (next.isThere === isThere && next.isShown === isShown && next.view === view) return
    this.known = next
    for (const listener of this.listeners) listener()
  }
}

/** A window of its own, so that it can be dragged to another screen. */
function openPopup(address: string, name: string): OpenedWindow | null {
  return window.open(new URL(address, document.baseURI), name, 'popup,width=960,height=900')
}
