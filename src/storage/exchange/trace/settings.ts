/** What a person may say about a picture before it becomes strokes. Places are shares of the turned picture, so that they hold at any size. */

export interface Dab {
  readonly x: number
  readonly y: number
  /** As a share of the longer side. */
  readonly radius: number
}

export interface Crop {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface TraceSettings {
  /** −1 takes faint marks for lines too, 1 only the strongest. */
  readonly threshold: number
  /** Quarter turns, clockwise. */
  readonly quarterTurns: 0 | 1 | 2 | 3
  /** `null`: the sheet, where one lies on a table, else everything. */
  readonly crop: Crop | null
  /** Where nothing is wanted. */
  readonly erased: readonly Dab[]
  /** Whether the drawing is brought to the place of the mean face. */
  readonly fit: boolean
}

export const DEFAULT_SETTINGS: TraceSettings = { threshold: 0, quarterTurns: 0, crop: null, erased: [], fit: true }
