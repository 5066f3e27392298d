/** The picture that a person draws after, under the page: where it lies and how strong it is. The model never sees it. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import type { ReferencePicture } from '../../../storage/referenceTable'

export type ReferencePlace = Pick<ReferencePicture, 'x' | 'y' | 'scale' | 'turnDegrees'>

export interface ReferenceState {
  readonly reference: ReferencePicture | null
  /** Decoded; `null` until it is. */
  readonly image: ImageBitmap | null
}

export interface Reference {
  readonly store: StoreApi<ReferenceState>
  /** Puts another one under the page, or none. Resolves when it can be seen; rejects where it cannot be decoded. */
  show(reference: ReferencePicture | null): Promise<void>
  change(patch: Partial<Omit<ReferencePicture, 'picture' | 'width' | 'height'>>): void
}

export const OPACITY = 0.5
/** Of the size that fills the page. */
export const SIZE = { least: 0.1, most: 8 }

export function createReference(): Reference {
  const store = createStore<ReferenceState>(() => ({ reference: null, image: null }))
  return {
    store,
    async show(reference) {
      const before = store.getState()
      if (reference === before.reference) return
      store.setState({ reference, image: null })
      before.image?.close()
      if (!reference) return
      const { bytes, mime } = reference.picture
      const image = await createImageBitmap(new Blob([bytes], { type: mime }))
      if (store.getState().reference?.picture === reference.picture) store.setState({ image })
      else image.close()
    },
    change: (patch) => store.setState(({ reference }) => (reference ? { reference: { ...reference, ...patch } } : {})),
  }
}

/** As large as goes onto the page whole, in its middle. */
export function fitted({ width, height }: Pick<ReferencePicture, 'width' | 'height'>): ReferencePlace {
  return { x: SKETCH_SIZE_PX / 2, y: SKETCH_SIZE_PX / 2, scale: SKETCH_SIZE_PX / Math.max(width, height), turnDegrees: 0 }
}
