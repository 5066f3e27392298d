/** What the panel shows: the pictures outside the store, and in the store that they are new. */

import type { StoreApi } from 'zustand/vanilla'
import type { GeneratedFace } from '../../../workers/protocol'
import type { FacePicture, FaceState, HeatMap, ShownFace } from './faceTypes'

export class FaceDisplay {
  picture: FacePicture | null = null
  heat: HeatMap | null = null
  /** Number of the request whose face is shown. */
  painted = 0
  private readonly store: StoreApi<FaceState>

  constructor(store: StoreApi<FaceState>) {
    this.store = store
  }

  show(face: GeneratedFace, about: Pick<ShownFace, 'quality' | 'isPreview' | 'sequence'>, hasPrevious: boolean): void {
    const { revision, elapsedMs, sizePx, change, pixels, madeBy } = face
    this.painted = about.sequence
    this.picture = { pixels, sizePx, madeBy }
    this.heat = change ? { values: change.heat, sizePx } : null
    this.store.setState((state) => ({
      hasPrevious,
      shown: {
        ...about,
        revision: about.isPreview ? (state.shown?.revision ?? revision) : revision,
        elapsedMs,
        sizePx,
        change: change && { meanInside: change.meanInside, meanOutside: change.meanOutside },
      },
    }))
  }
}
