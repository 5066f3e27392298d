/** The contract of the photos' part of storage. Every rejection is a `StudioError`. */

import type { AlignedSquare } from '../faces/alignment'

/** An encoded picture; `new Blob([bytes], { type: mime })` shows it. */
export interface EncodedPicture {
  readonly mime: 'image/png' | 'image/webp' | 'image/jpeg'
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface StoredFace {
  /** In pixels of the stored photo. */
  readonly square: AlignedSquare
  /** The 68 landmarks, flat x, y in 0–1 of the aligned square: as a person has corrected them, and as they were found. */
  readonly landmarks: readonly number[]
  readonly found: readonly number[]
  /** Degrees; negative yaw is to the picture's left. */
  readonly yawDegrees: number
  readonly pitchDegrees: number
}

/** One line of the list of photos. Times are milliseconds since 1970; `deletedAt` is set while a deletion can still be undone. */
export interface PhotoSummary {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt: number | null
  /** Of the photo as it is stored. */
  readonly width: number
  readonly height: number
  /** Largest first; empty where none was found. */
  readonly faces: readonly StoredFace[]
  /** Which of them is worked with. */
  readonly chosen: number
  /** Of the chosen face, or of the whole photo where there is none. */
  readonly thumbnail: EncodedPicture | null
}

export interface PhotoPictures {
  /** The whole photo, upright, scaled to a sensible size. */
  readonly photo: EncodedPicture
  /** Each face in its aligned square. */
  readonly crops: readonly EncodedPicture[]
}

export interface NewPhoto extends Pick<PhotoSummary, 'name' | 'width' | 'height' | 'faces' | 'thumbnail'>, PhotoPictures {}

export interface PhotoLibrary {
  /** Newest first. */
  list(query?: { readonly deleted?: boolean }): Promise<readonly PhotoSummary[]>
  /** `null` when there is none (any more). */
  get(id: string): Promise<PhotoSummary | null>
  pictures(id: string): Promise<PhotoPictures | null>
  /** Returns its id. */
  add(photo: NewPhoto): Promise<string>
  rename(id: string, name: string): Promise<void>
  chooseFace(id: string, face: number, thumbnail: EncodedPicture | null): Promise<void>
  /** @param landmarks flat x, y of one face */
  correct(id: string, face: number, landmarks: readonly number[]): Promise<void>
  /** One more face, with its picture; it becomes the chosen one. */
  addFace(id: string, face: StoredFace, crop: EncodedPicture, thumbnail: EncodedPicture | null): Promise<void>
  /** Soft delete: `restore` undoes it until it is purged, 30 days later at the earliest. */
  delete(ids: readonly string[]): Promise<void>
  restore(ids: readonly string[]): Promise<void>
  /** For good: these, or with no argument everything that was deleted. */
  purge(ids?: readonly string[]): Promise<void>
  /** Told after every change, from this tab or another one. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
}
