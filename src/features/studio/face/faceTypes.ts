/** What the face loop tells the interface, and what it needs of the worker's client. */

import type { StoreApi } from 'zustand/vanilla'
import type { Look, LookPreset } from '../../../faces/look'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import type { LocalityMode } from './localityTracker'

export interface ShownFace {
  /** Document revision of the newest face of a committed drawing; a preview of the stroke under the pen leaves it as it was. */
  readonly revision: number
  readonly isPreview: boolean
  readonly elapsedMs: number
  readonly sizePx: number
  /** Increases with every face painted: a change means new pictures. */
  readonly sequence: number
  readonly change: { readonly meanInside: number; readonly meanOutside: number } | null
}

export interface FaceState {
  readonly look: Look
  readonly locality: LocalityMode
  readonly shown: ShownFace | null
  readonly hasPrevious: boolean
  /** The face of a committed drawing is on its way. */
  readonly busy: boolean
}

export interface FacePicture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
}

export interface HeatMap {
  readonly values: Uint8ClampedArray
  readonly sizePx: number
}

export interface FaceGenerator {
  /** `null` when a newer request has replaced this one. Rejects when the worker fails; the client then says so itself. */
  generate(request: GenerateRequest): Promise<GeneratedFace | null>
  /** The model in use, `null` until it is ready. */
  model(): { readonly id: string; readonly sizePx: number; readonly lookPresets: readonly LookPreset[] } | null
  /** Told whenever `model()` may have changed. */
  subscribe(listener: () => void): () => void
}

export interface FaceLoop {
  readonly store: StoreApi<FaceState>
  /** Pictures stay outside the store: what is shown, the newest face of a committed drawing, and the one before it. */
  readonly current: () => FacePicture | null
  readonly settled: () => FacePicture | null
  readonly previous: () => FacePicture | null
  readonly heat: () => HeatMap | null
  setLook(look: Look): void
  setLocality(mode: LocalityMode): void
  dispose(): void
}
