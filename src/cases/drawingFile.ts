/** A drawing with what its face was made under, as a version keeps it ⇄ bytes. */

import * as v from 'valibot'
import { DOCUMENT_VERSION, type SketchDocument } from '../editor/document'
import type { Look } from '../faces/look'
import type { Similarity } from '../faces/similarity'
import { readToleranceChoice, type ToleranceChoice } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { LEFT_OUT_PARTS, strokeSchema } from './entrySchemas'

export interface KeptDrawing {
  readonly document: SketchDocument
  readonly look: Look
  readonly tolerance: ToleranceChoice
  /** Drawing → mean face, as the face was made. */
  readonly placement: Similarity
}

const number = v.pipe(v.number(), v.finite())
const similarity: v.GenericSchema<unknown, Similarity> = v.object({ a: number, b: number, dx: number, dy: number })

const schema = v.object({
  document: v.object({
    version: v.literal(DOCUMENT_VERSION),
    id: v.string(),
    name: v.string(),
    tags: v.array(v.string()),
    strokes: v.array(strokeSchema),
    leftOut: v.exactOptional(v.array(v.picklist(LEFT_OUT_PARTS))),
    unplaced: v.exactOptional(v.literal(true)),
  }),
  look: v.record(v.string(), v.nullable(v.union([v.number(), v.string(), v.tuple([v.number(), v.number(), v.number()])]))),
  tolerance: v.unknown(),
  placement: similarity,
})

export function writeDrawing({ document, look, tolerance, placement }: KeptDrawing): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ document, look, tolerance, placement }))
}

/** @throws StudioError `bad-project` */
export function readDrawing(bytes: Uint8Array): KeptDrawing {
  try {
    const { document, look, tolerance, placement } = v.parse(schema, JSON.parse(new TextDecoder().decode(bytes)))
    return { document, look, tolerance: readToleranceChoice(tolerance), placement }
  } catch {
    throw new StudioError('bad-project', 'The drawing of this version cannot be read any more. Verify the case.')
  }
}
