/** Strokes as a log has them: plain numbers, to the last digit, so that a drawing that is put together from its log is the drawing that it was. */

import * as v from 'valibot'
import { POINT_STRIDE, type Stroke } from '../editor/document'
import { MEAN_FACE_PARTS, PARTS } from '../faces/parts'

export const LEFT_OUT_PARTS = MEAN_FACE_PARTS

const finite = v.pipe(v.number(), v.finite())

export const strokeSchema: v.GenericSchema<unknown, Stroke> = v.object({
  id: v.string(),
  part: v.picklist(PARTS),
  partIsChosen: v.boolean(),
  widthPx: finite,
  usesPressure: v.boolean(),
  points: v.pipe(
    v.array(finite),
    v.check((points) => points.length % POINT_STRIDE === 0),
  ),
})
