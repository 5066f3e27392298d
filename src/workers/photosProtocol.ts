/** Every message between the page and the photos' worker: files in, faces, contours and aligned pixels out. Rejections are plain `ErrorReport`s. */

import type { AlignedSquare } from '../faces/alignment'
import type { ContourOptions } from '../faces/photoContour'
import type { PhotoSketch } from '../faces/photoSketch'
import type { EncodedPicture, StoredFace } from '../storage/photoTypes'

/** How far a photo has come, for whoever waits. */
export type PhotoStage = 'reading' | 'loading-finder' | 'finding'

export interface OpenedPhoto {
  /** Of the photo as it is kept: upright, scaled to a sensible size. */
  readonly width: number
  readonly height: number
  readonly photo: EncodedPicture
  /** Largest first. */
  readonly faces: readonly StoredFace[]
  /** Of each face. */
  readonly crops: readonly EncodedPicture[]
  readonly thumbnails: readonly EncodedPicture[]
  /** Of the whole photo, for the list, where no face was found. */
  readonly whole: EncodedPicture
}

/** A face as everything after it needs it. */
export interface AlignedFace {
  readonly crop: EncodedPicture
  /** Flat x, y in 0–1 of the crop. */
  readonly landmarks: readonly number[]
}

/** Pixels for a model. Transferred. */
export interface FacePixels {
  /** RGBA `[size · size · 4]`, opaque. */
  readonly photo: Uint8ClampedArray<ArrayBuffer>
  /** Region classes `[size · size]`. */
  readonly regions: Uint8Array<ArrayBuffer>
}

export interface PhotosWorkerApi {
  /**
   * Reads a file and finds its faces; the finder is loaded with the first one.
   * @param detectorUrl absolute URL of the folder of its models, ending in a slash
   */
  open(file: Blob, detectorUrl: string, onStage: (stage: PhotoStage) => void): Promise<OpenedPhoto>
  /** The square of a photo as its picture and its thumbnail. */
  cut(photo: EncodedPicture, square: AlignedSquare): Promise<{ readonly crop: EncodedPicture; readonly thumbnail: EncodedPicture }>
  sketch(face: AlignedFace, options: ContourOptions): Promise<PhotoSketch>
  pixels(face: AlignedFace, sizePx: number): Promise<FacePixels>
}
