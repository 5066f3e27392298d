/** What the commands for photos are asked. */

import type { ContourOptions } from '../faces/photoContour'
import type { Backend, PictureStyle } from '../workers/protocol'

export const CONTOUR_FORMATS = ['svg', 'json', 'png'] as const
export type ContourFormat = (typeof CONTOUR_FORMATS)[number]

export interface ContourCommand {
  readonly input: string
  readonly output: string
  /** Of results whose names the command chooses; a name that was given says it by its ending. */
  readonly format: ContourFormat | null
  readonly options: ContourOptions
  readonly json: boolean
}

export interface PictureCommand {
  readonly style: PictureStyle
  readonly input: string
  readonly output: string
  readonly modelId: string | null
  /** 0–1; `null` is the model's default. */
  readonly strength: number | null
  /** Of the guided filter, in pixels; 0 is none. */
  readonly radius: number
  readonly backend: Backend | null
  /** `svg` writes the lines of a drawing as strokes; `null` goes by the output's ending. */
  readonly format: ContourFormat | null
  readonly json: boolean
}
