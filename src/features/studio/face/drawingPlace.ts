/** What the drawing itself says of its face: where it lies, which fields of the look it answers, and the look that is left to the person. */

import type { StoreApi } from 'zustand/vanilla'
import type { SketchDocument } from '../../../editor/document'
import { placedStrokes } from '../../../editor/placedPage'
import { drawnFields } from '../../../faces/drawnLook'
import type { Look } from '../../../faces/look'
import { placementOf } from '../../../faces/placement'
import { IDENTITY } from '../../../faces/similarity'
import type { FaceState } from './faceTypes'
import type { KeptFace } from './keptFace'
import { LookOfDrawing } from './lookOfDrawing'

export class DrawingPlace {
  private readonly store: StoreApi<FaceState>
  private readonly lookOfDrawing = new LookOfDrawing()
  /** The drawing that was placed last. */
  private placedId: string | null = null

  /** The one that was kept, and where it was: a placement in use outlives a reload. */
  private readonly kept: Pick<KeptFace, 'documentId' | 'placement'> | null

  constructor(store: StoreApi<FaceState>, kept: Pick<KeptFace, 'documentId' | 'placement'> | null) {
    this.store = store
    this.kept = kept
  }

  /** The placement in use stays as long as it explains the drawing; another sketch starts anew. What is drawn in its place may answer fields of the look. */
  place(document: SketchDocument): void {
    const { placement, look, drawn } = this.store.getState()
    const isSame = this.placedId === document.id
    this.placedId = document.id
    const before = this.kept?.documentId === document.id ? this.kept.placement : IDENTITY
    const next = document.unplaced ? IDENTITY : placementOf(document.strokes, isSame ? placement : before)
    const answered = drawnFields(placedStrokes(document.strokes, next))
    if (!isSame) this.lookOfDrawing.forget()
    const change =
      answered.join() === drawn.join()
        ? {}
        : { drawn: answered, ...(isSame ? { look: this.lookOfDrawing.follow(look, drawn, answered) } : {}) }
    if (next !== placement || 'drawn' in change) this.store.setState({ placement: next, ...change })
  }

  /**
   * A look that says nothing at all was never chosen: the model's first look stands in, as it always has, or it would average people into grey.
   * @param standard the model's first look; `undefined` while no model is ready
   */
  setLook(look: Look, document: SketchDocument, standard: Look | undefined): void {
    const isChosen = Object.keys(look).length > 0 || !standard
    this.store.setState({ look: isChosen ? look : this.lookOfDrawing.opened(standard, drawnFields(document.strokes)) })
  }

  takeLook(look: Look): void {
    this.store.setState(({ drawn }) => ({ look: this.lookOfDrawing.opened(look, drawn) }))
  }
}
