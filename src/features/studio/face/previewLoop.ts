/** Asks for faces while the pen moves: the document with the stroke under the pen, as often as the pace allows. */

import type { SketchDocument } from '../../../editor/document'
import type { Editor } from '../../../editor/types'
import { previewIsDue } from './previewPace'

const LOOK_EVERY_MS = 60

export interface PreviewHost {
  readonly editor: Editor
  /** Milliseconds that the last face took; `null` while no preview may be sent. */
  readonly faceMs: () => number | null
  readonly send: (document: SketchDocument) => Promise<void>
  /** The gesture has ended, committed or dropped; `hadPreview` if a face was asked for on its way. */
  readonly onEnd: (hadPreview: boolean) => void
}

export class PreviewLoop {
  private readonly host: PreviewHost
  private readonly unsubscribe: () => void
  private timer: ReturnType<typeof setTimeout> | undefined
  private gestureSince: number | null = null
  private hadPreview = false
  private inFlight = false
  private endedAt = 0

  constructor(host: PreviewHost) {
    this.host = host
    this.unsubscribe = host.editor.preview.subscribe((state) => (state.gesture ? this.onMove() : this.onEnd()))
  }

  get isDrawing(): boolean {
    return this.gestureSince !== null
  }

  dispose(): void {
    this.unsubscribe()
    clearTimeout(this.timer)
  }

  private onMove(): void {
    this.gestureSince ??= performance.now()
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.consider()
    }, LOOK_EVERY_MS)
  }

  private onEnd(): void {
    if (this.gestureSince === null) return
    this.gestureSince = null
    clearTimeout(this.timer)
    this.timer = undefined
    const { hadPreview } = this
    this.hadPreview = false
    this.host.onEnd(hadPreview)
  }

  private consider(): void {
    const { editor, faceMs, send } = this.host
    const lastMs = faceMs()
    const now = performance.now()
    if (this.gestureSince === null || this.inFlight || lastMs === null) return
    if (!previewIsDue({ gestureMs: now - this.gestureSince, sinceLastMs: now - this.endedAt, faceMs: lastMs })) return
    const document = editor.previewDocument()
    if (document === editor.documentStore.getState().document) return
    this.inFlight = true
    this.hadPreview = true
    void send(document).finally(() => {
      this.inFlight = false
      this.endedAt = performance.now()
    })
  }
}
