/** What the photos' screen knows: its state, what it needs of the rest of the studio, and a few questions about a photo. */

import type { PhotoSketch } from '../../faces/photoSketch'
import type { PhotoLibrary, PhotoSummary, StoredFace } from '../../storage/photoTypes'
import type { PhotoStage, PhotosClient } from '../../workers/photosClient'
import type { GeneratedPicture, MadeBy, MakePictureRequest, ModelEntry, ModelRef } from '../../workers/protocol'
import type { Messages } from '../ui/i18n/messages'
import type { ToastStore } from '../ui/toasts'

/** A model that makes pictures of photos. */
export type PictureModel = ModelEntry & Required<Pick<ModelEntry, 'style'>>

/** What the room needs of the rest of the studio. */
export interface PhotosPort {
  readonly library: PhotoLibrary
  readonly reader: Pick<PhotosClient, 'open' | 'cut' | 'sketch' | 'pixels'>
  readonly models: {
    readonly list: () => readonly ModelEntry[]
    readonly subscribe: (listener: () => void) => () => void
    /** How far a model is loaded, 0–1; `null` when none is being loaded. */
    readonly loading: () => number | null
    readonly paint: (ref: ModelRef, make: MakePictureRequest) => Promise<GeneratedPicture | null>
  }
  /** A new sketch on the page; resolves to whether it is there. */
  readonly openSketch: (sketch: PhotoSketch & { readonly name: string }) => Promise<boolean>
  /** The lines of a picture as a new sketch on the page. */
  readonly traceLines: (file: File) => Promise<void>
  readonly example: () => Promise<File>
  readonly download: (blob: Blob, fileName: string) => void
  readonly toasts: ToastStore
  readonly messages: () => Messages
}

/** A file on its way in. */
export interface Opening {
  readonly name: string
  readonly stage: PhotoStage
  readonly place: number
  readonly total: number
}

/** What a model made of a face. */
export interface PaintedFace {
  readonly modelId: string
  readonly madeBy: MadeBy
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
  readonly elapsedMs: number
  /** How much of it there is over the photo; `null` for models that give it whole. */
  readonly strength: number | null
  /** Of the guided filter that gives it the photo's edges, in pixels; 0 is none. */
  readonly radius: number
}

/** How a picture goes together with its photo. */
export type Blend = Partial<Pick<PaintedFace, 'strength' | 'radius'>>

/** Many pictures being made. */
export interface Batch {
  readonly modelId: string
  readonly done: number
  readonly total: number
}

export interface PhotosState {
  readonly photos: readonly PhotoSummary[]
  readonly isLoaded: boolean
  readonly selected: string | null
  /** Taken for making several at once. */
  readonly checked: readonly string[]
  readonly opening: Opening | null
  /** By `paintedKey`. */
  readonly painted: Readonly<Record<string, PaintedFace>>
  /** Of what is being made. */
  readonly painting: string | null
  readonly batch: Batch | null
}

export const paintedKey = (photo: PhotoSummary, modelId: string): string => `${photo.id} ${photo.chosen} ${modelId}`
export const faceOf = (photo: PhotoSummary): StoredFace | null => photo.faces[photo.chosen] ?? null
export const isPictureModel = (model: ModelEntry): model is PictureModel => model.style !== undefined
