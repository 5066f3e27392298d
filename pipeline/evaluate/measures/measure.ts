/** What a measure gets and gives. Adding a measure is one file in this folder and one line in `index.ts`. */

import type { Landmarks68 } from '../../../src/faces/landmarks'
import type { Look } from '../../../src/faces/look'
import type { AnnotatedFace } from '../data/faceSet'
import type { RgbaImage } from '../data/image'
import type { Offsets } from '../landmarks/calibration'
import type { FaceSource } from '../sources/faceSource'

/** Everything that a measure may use. */
export interface Subject {
  source: FaceSource
  /** The validation faces to be judged. */
  faces: readonly AnnotatedFace[]
  lookOf(name: string): Look
  detect(image: RgbaImage): Promise<Landmarks68 | null>
  detectPhoto(photoPath: string): Promise<Landmarks68 | null>
  offsets: Offsets
  /** Hand-drawn faces in the simplified Quick, Draw! format. */
  doodlesFile: string
  /** Called after each face, for the progress line. */
  onProgress(done: number, total: number): void
}

/** One row of a contact sheet: pictures side by side. */
export type SheetRow = readonly RgbaImage[]

export interface MeasureResult {
  /** For programs: goes into the JSON as it is. */
  figures: unknown
  /** For people: header first; every row has as many cells. */
  table: readonly (readonly string[])[]
  /** Sentences under the table. */
  remarks: readonly string[]
  sheet: readonly SheetRow[]
}

export interface Measure {
  id: string
  /** The table's heading: what is measured, and in what unit. */
  title: string
  /** Whether it draws sketches other than the validation faces' own contours. */
  needsAnySketch: boolean
  run(subject: Subject): Promise<MeasureResult>
}
