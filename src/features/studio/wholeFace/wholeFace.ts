/**
 * The sliders of the whole face: amounts in, an edit of the strokes out, shown while a slider is dragged and committed once. Sliders start from a drawing and always say how far the page is from
 * it: two of them add up, one that goes back to 0 gives the very strokes back, and undo takes the slider along. Any other edit is a new drawing to start from.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Stroke } from '../../../editor/document'
import type { Editor } from '../../../editor/types'
import { changedStrokes, type WholeFacePage, wholeFacePage } from '../../../editor/wholeFaceEdit'
import { CHANGES, type Change, isUnchanged, type WholeFaceAmounts } from '../../../faces/wholeFace'
import { newId } from '../../../shared/ids'
import type { PreferencesStore } from '../../ui/preferences'
import type { FaceLoop } from '../face/faceTypes'

/** Keys come one after the other: what is made of them is one edit once they rest this long. */
const REST_MS = 600

export interface WholeFace {
  /** As the sliders show them. */
  readonly store: StoreApi<{ readonly amounts: WholeFaceAmounts }>
  /** A slider moves; the page shows it in the next frame. */
  set(change: Change, amount: number): void
  /** It has been let go of. */
  settle(): void
  /** A key was pressed; another may follow. */
  settleSoon(): void
  /** All to 0, or one of them, as one edit. */
  reset(change?: Change): void
  dispose(): void
}

interface Parts {
  readonly editor: Editor
  readonly preferences: Pick<PreferencesStore, 'getState'>
  readonly faceLoop: Pick<FaceLoop, 'store'>
  /** Calls back before the next picture; the returned number cancels it. */
  readonly frame?: { request(show: () => void): number; cancel(id: number): void }
}

export function createWholeFace(parts: Parts): WholeFace {
  return new Sliders(parts)
}

/** What is known of a page that sliders have made: where they started, and how far they are. */
interface Made {
  readonly page: WholeFacePage
  readonly amounts: WholeFaceAmounts
}

const FRAMES: NonNullable<Parts['frame']> = {
  request: (show) => requestAnimationFrame(show),
  cancel: (id) => cancelAnimationFrame(id),
}

class Sliders implements WholeFace {
  readonly store = createStore<{ readonly amounts: WholeFaceAmounts }>(() => ({ amounts: {} }))
  private readonly parts: Parts
  private readonly frames: NonNullable<Parts['frame']>
  private readonly made = new WeakMap<readonly Stroke[], Made>()
  private readonly unsubscribers: (() => void)[]
  /** Where the sliders are while one of them moves. */
  private pending: { readonly page: WholeFacePage; amounts: WholeFaceAmounts } | null = null
  private requested: number | null = null
  private resting: ReturnType<typeof setTimeout> | undefined

  constructor(parts: Parts) {
    this.parts = parts
    this.frames = parts.frame ?? FRAMES
    const { editor } = parts
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => now.document.strokes !== before.document.strokes && this.follow()),
      // It has ended without an edit: taken back, or come back to where it began.
      editor.preview.subscribe(({ gesture }) => !gesture && this.pending && this.requested === null && this.follow()),
    ]
  }

  set(change: Change, amount: number): void {
    this.pending ??= this.begin()
    const amounts = { ...this.pending.amounts, [change]: amount }
    this.pending.amounts = amounts
    this.store.setState({ amounts })
    this.requested ??= this.frames.request(() => {
      this.requested = null
      this.show()
    })
  }

  settle(): void {
    clearTimeout(this.resting)
    if (this.requested !== null) {
      this.frames.cancel(this.requested)
      this.requested = null
      this.show()
    }
    this.parts.editor.endAdjustment()
  }

  settleSoon(): void {
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.settle(), REST_MS)
  }

  reset(change?: Change): void {
    for (const each of change ? [change] : CHANGES) this.set(each, 0)
    this.settle()
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    clearTimeout(this.resting)
    if (this.requested !== null) this.frames.cancel(this.requested)
  }

  /** From the drawing that the page was made of, or from the page itself. */
  private begin(): { readonly page: WholeFacePage; amounts: WholeFaceAmounts } {
    const { editor, preferences, faceLoop } = this.parts
    const { document } = editor.documentStore.getState()
    const made = this.made.get(document.strokes)
    if (made && !isUnchanged(made.amounts)) return { ...made }
    const { placement } = faceLoop.store.getState()
    return { page: wholeFacePage(document, { placement, standIns: preferences.getState().standIns, newId }), amounts: {} }
  }

  private show(): void {
    if (!this.pending) return
    const { page, amounts } = this.pending
    const strokes = changedStrokes(page, amounts)
    this.made.set(strokes, { page, amounts })
    // The pen is down: it has the page.
    if (!this.parts.editor.adjust('wholeFace', strokes)) this.follow()
  }

  /** The sliders show what the page is. */
  private follow(): void {
    clearTimeout(this.resting)
    if (this.requested !== null) this.frames.cancel(this.requested)
    this.requested = null
    this.pending = null
    const amounts = this.made.get(this.parts.editor.documentStore.getState().document.strokes)?.amounts ?? {}
    if (!sameAmounts(amounts, this.store.getState().amounts)) this.store.setState({ amounts })
  }
}

const sameAmounts = (a: WholeFaceAmounts, b: WholeFaceAmounts): boolean => CHANGES.every((change) => (a[change] ?? 0) === (b[change] ?? 0))
