/** The picture under a sketch that a person draws after. */

import * as v from 'valibot'
import type { EncodedPicture } from './photoTypes'
import { declareTable, type Table } from './table'

export interface ReferencePicture {
  readonly picture: EncodedPicture
  /** Its own pixels. */
  readonly width: number
  readonly height: number
  /** Its middle, in sketch pixels. */
  readonly x: number
  readonly y: number
  /** Sketch pixels a pixel of it, > 0. */
  readonly scale: number
  /** Clockwise. */
  readonly turnDegrees: number
  /** 0–1. */
  readonly opacity: number
  readonly isShown: boolean
}

export interface ReferenceRow extends ReferencePicture {
  readonly sketchId: string
}

const number = v.pipe(v.number(), v.finite())
const positive = v.pipe(number, v.gtValue(0))

export const REFERENCES: Table<ReferenceRow> = declareTable({
  name: 'references',
  key: 'sketchId',
  since: 7,
  row: v.object({
    sketchId: v.string(),
    picture: v.object({ mime: v.picklist(['image/png', 'image/webp', 'image/jpeg']), bytes: v.instance(Uint8Array<ArrayBuffer>) }),
    width: positive,
    height: positive,
    x: number,
    y: number,
    scale: positive,
    turnDegrees: number,
    opacity: v.pipe(number, v.minValue(0), v.maxValue(1)),
    isShown: v.boolean(),
  }),
  mends: { x: 256, y: 256, turnDegrees: 0, opacity: 0.5, isShown: true },
})
