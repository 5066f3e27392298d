/** What a measure gets and gives. Adding a measure is one file in this folder and one line in `index.ts`. */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Offsets } from '../../../src/faces/calibration'
import type { Look } from '../../../src/faces/look'
import type { Tolerance } from '../../../src/faces/tolerance'
import type { RgbaImage } from '../../../src/shared/image'
import type { Detection, PersonEstimate } from '../../node/detector'
import type { AnnotatedFace } from '../../node/faceSet'
import type { FaceSource } from '../../node/faceSource'
import type { PhotoCache } from '../../node/photoCache'
import type { PhotoDetector } from '../../node/photoDetector'
import type { Features } from '../features/features'
import type { Readings } from './dialReadings'

/** A validation face as the model draws it from its own contour and look, every line meant exactly. */
export interface OwnFace {
  /** The contour, as a picture. */
  sketch: RgbaImage
  generated: RgbaImage
  detected: Detection | null
}

/** What a sketch is drawn from. */
export interface Drawing {
  /** Whose look it takes; a name that no face has takes the model's default look. */
  name: string
  lines: Iterable<InkLine>
  /** Instead of the look of `name`. */
  look?: Look
  /** `null` (the default) takes the model's own values. */
  tolerance?: Tolerance | null
  /** Keep the statistics of this sketch's face. */
  hold?: { id: string; lines: Iterable<InkLine> }
}

/** Everything that a measure may use. */
export interface Subject {
  source: FaceSource
  /** The validation faces to be judged. */
  faces: readonly AnnotatedFace[]
  /** The faces that models learnt from. */
  training: readonly AnnotatedFace[]
  lookOf(name: string): Look
  /** Drawn and looked at once, whichever measures ask; `null` when the source has no picture of this face. */
  ownFace(face: AnnotatedFace): Promise<OwnFace | null>
  /** @throws Error when the source cannot draw any sketch */
  draw(drawing: Drawing): Promise<{ sketch: RgbaImage; generated: RgbaImage }>
  detect(image: RgbaImage): Promise<Detection | null>
  estimate(image: RgbaImage): Promise<PersonEstimate | null>
  photos: PhotoDetector
  /** What the dials' readings find on true photos. */
  photoReadings: PhotoCache<Readings | null>
  /** `null` without SqueezeNet's weights. */
  features: Features | null
  offsets: Offsets
  /** Hand-drawn faces in the simplified Quick, Draw! format. */
  doodlesFile: string
  /** True before/after pairs. */
  editsFolder: string
  /** Portraits of real people, prepared by `npm run photos`. */
  realFolder: string
  /** At most so many faces or families were asked for. */
  limit: number | null
  /** Called after each face, for the progress line. */
  onProgress(done: number, total: number): void
}

/** One row of a contact sheet: pictures side by side. */
export type SheetRow = readonly RgbaImage[]

/** One row of a table: what was measured, and what the same measurement gives for comparison. */
export interface TableRow {
  label: string
  value: string
  /** As many as the measure has references. */
  references: readonly string[]
}

export interface MeasureResult {
  /** For programs: goes into the JSON as it is. */
  figures: unknown
  rows: readonly TableRow[]
  /** Sentences under the table. */
  remarks: readonly string[]
  sheet: readonly SheetRow[]
}

export interface Measure {
  id: string
  /** The table's heading: what is measured, and in what unit. */
  title: string
  /** A few sentences that say how it is measured and how to read it. */
  about: string
  /** What the columns beside the figures show. */
  references: readonly string[]
  /** What the pictures of a row of the sheet are. */
  sheetColumns: readonly string[]
  /** Whether it draws sketches other than the validation faces' own contours. */
  needsAnySketch: boolean
  /** The sheet shows people who never agreed to it: it is written beside the figures, but never into the document. */
  sheetIsPrivate?: boolean
  run(subject: Subject): Promise<MeasureResult>
}

/** A figure for a table; a dash for none. */
export const show = (value: number | null | undefined, digits = 2): string =>
  value === undefined || value === null || !Number.isFinite(value) ? '–' : value.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1')

export const showShare = (count: number, total: number): string => (total === 0 ? '–' : `${count} of ${total}`)

/** A measure that could not be made, and why. */
export const notMeasured = (remark: string): MeasureResult => ({ figures: null, rows: [], remarks: [remark], sheet: [] })
