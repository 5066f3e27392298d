/** What the photos' worker does for data sets: it reads files, finds and cuts faces, and writes items into the database itself, so that no pixels come to the page. */

import type { PhotoStage } from './photosProtocol'

/** A picture or a pair on its way into a data set. */
export interface ItemSources {
  readonly dataSetId: string
  readonly name: string
  readonly heldOut: boolean
  /** Side A; where `isCombined`, perhaps both sides next to each other. */
  readonly a: Blob | null
  readonly b: Blob | null
  readonly isCombined: boolean
  /** Side A is a sketch: the face is looked for on side B alone. */
  readonly isSketch: boolean
  /** A photo without a side B gets a line drawing that is made of it. */
  readonly drawsB: boolean
  /** Its middle is taken where no face is found; otherwise it is left out. */
  readonly mayBeWhole: boolean
}

/** Why a picture that could be read is of no use: no face, no second half, halves that one square cannot cut, a face of too few pixels. */
export const LEFT_OUT_REASONS = ['noFace', 'noPartner', 'otherShape', 'tooSmall'] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

export interface TakenItem {
  /** `null`: it is in the database. */
  readonly leftOut: LeftOutReason | null
}

/** A file of an archive. */
export interface ArchivedFile {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a zip holds: files, or a data set that the studio exported, which is in the database then. */
export interface OpenedArchive {
  readonly set: { readonly id: string; readonly name: string; readonly items: number } | null
  /** Empty where it is a set. Transferred. */
  readonly files: readonly ArchivedFile[]
}

/** Rejections are plain `ErrorReport`s. */
export interface DataSetsWorkerApi {
  /** @param detectorUrl absolute URL of the folder of the face finder's models, ending in a slash */
  takeItem(sources: ItemSources, detectorUrl: string, onStage: (stage: PhotoStage) => void): Promise<TakenItem>
  /** @param freeBytes that may be written; `null` where that is not known */
  openArchive(zip: Blob, freeBytes: number | null): Promise<OpenedArchive>
  /** A set as a zip: its pictures in folders A and B, and `dataset.json` with everything else. */
  packSet(dataSetId: string): Promise<Blob>
  /** Points as a person has moved them, flat x, y of the 68 in 0–1 of the square; regions follow them. */
  correctItem(dataSetId: string, itemId: string, landmarks: readonly number[]): Promise<void>
}
