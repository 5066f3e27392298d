/** What the face loop tells the interface, and what it needs of the workers' clients. */

import type { StoreApi } from 'zustand/vanilla'
import type { DrawnField } from '../../../faces/drawnLook'
import type { Look, LookPreset } from '../../../faces/look'
import { IDENTITY, type Similarity } from '../../../faces/similarity'
import type { Tolerance } from '../../../faces/tolerance'
import type { ToleranceChoice } from '../../../faces/toleranceChoice'
import type { GeneratedFace, GenerateRequest, MadeBy, MakeRequest } from '../../../workers/protocol'
import type { LocalityMode } from './localityTracker'

/** Made on every stroke, or when the pen rested. */
export type FaceQuality = 'live' | 'fine'

export interface ShownFace {
  /** Document revision of the newest face of a committed drawing; a preview of the stroke under the pen leaves it as it was. */
  readonly revision: number
  readonly isPreview: boolean
  readonly quality: FaceQuality
  readonly elapsedMs: number
  readonly sizePx: number
  /** Increases with every face painted: a change means new pictures. */
  readonly sequence: number
  /** Against the face of the same model before the edit. */
  readonly change: { readonly meanInside: number; readonly meanOutside: number } | null
}

export interface FaceState {
  readonly look: Look
  /** Fields of the look that the drawing answers itself. */
  readonly drawn: readonly DrawnField[]
  readonly tolerance: ToleranceChoice
  /** How the drawing is brought to the mean face's place. */
  readonly placement: Similarity
  readonly locality: LocalityMode
  readonly shown: ShownFace | null
  readonly hasPrevious: boolean
  /** The face of a committed drawing is on its way. */
  readonly busy: boolean
  /** The finer face of the drawing on display is on its way. */
  readonly refining: boolean
}

export interface FacePicture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
  readonly madeBy: MadeBy | null
}

export interface FaceRecord {
  readonly picture: FacePicture
  /** `null` for a face that a reload left: what it was made of is gone. */
  readonly request: GenerateRequest | null
}

export interface HeatMap {
  readonly values: Uint8ClampedArray
  readonly sizePx: number
}

/** What the loop must know of a model. */
export interface LoopModel {
  readonly id: string
  readonly sizePx: number
  readonly lookPresets: readonly LookPreset[]
  readonly tolerance: { readonly defaults: Tolerance } | null
}

export interface FaceGenerator {
  /** `null` when a newer request has replaced this one. Rejects when the worker fails; the client then says so itself. */
  generate(request: GenerateRequest): Promise<GeneratedFace | null>
  /** The model in use, `null` until it is ready. */
  model(): LoopModel | null
  /** Told whenever `model()` may have changed. */
  subscribe(listener: () => void): () => void
}

/** A finer and slower model, loaded when it is first asked. */
export interface FaceRefiner {
  /** `null` while none is known to be installed. */
  modelId(): string | null
  /** `null` when nobody wants the face any more. Rejects when the model fails; its client's store says so. */
  generate(make: MakeRequest): Promise<GeneratedFace | null>
}

export interface FaceLoop {
  readonly store: StoreApi<FaceState>
  /** Pictures stay outside the store: what is shown, the face of the committed drawing, and the one before it, of the same model. */
  readonly current: () => FacePicture | null
  readonly settled: () => FacePicture | null
  readonly previous: () => FacePicture | null
  readonly heat: () => HeatMap | null
  /** The live model's face of the committed drawing with all that it was made of, so that it can be made again. */
  readonly record: () => FaceRecord | null
  /** As it is. An empty one was never chosen: one of the model's looks stands in. */
  setLook(look: Look): void
  /** Another look as a whole, without what the drawing answers itself. */
  takeLook(look: Look): void
  setTolerance(tolerance: ToleranceChoice): void
  setLocality(mode: LocalityMode): void
  dispose(): void
}

/** Before anything has been asked for. */
export const START: FaceState = {
  look: {},
  drawn: [],
  tolerance: {},
  placement: IDENTITY,
  locality: 'plain',
  shown: null,
  hasPrevious: false,
  busy: false,
  refining: false,
}
