/**
 * The one place where a request for a face is made: what is on the page and what was chosen, for one model, as that model takes it. Live faces, finer ones and
 * those of a comparison differ only in the scene, the drawing and the locality.
 */

import type { SketchDocument } from '../../../editor/document'
import { modelBitmap } from '../../../editor/modelInk'
import { placedPage } from '../../../editor/placedPage'
import type { Look } from '../../../faces/look'
import type { Similarity } from '../../../faces/similarity'
import type { Tolerance } from '../../../faces/tolerance'
import { resolveTolerance, type ToleranceChoice } from '../../../faces/toleranceChoice'
import type { GenerateRequest, Locality } from '../../../workers/protocol'

/** What faces are made of, the drawing and the model apart. */
export interface FaceScene {
  readonly revision: number
  readonly look: Look
  /** `null` leaves every model to its own. */
  readonly tolerance: ToleranceChoice | null
  readonly standIns: boolean
  /** Brings the drawing to the mean face's place. */
  readonly placement: Similarity
}

/** What a request must know of its model. */
export interface RequestModel {
  readonly sizePx: number
  readonly tolerance: { readonly defaults: Tolerance } | null
}

/** As it was, plain: whatever the norms see may change. */
export const PLAIN_LOCALITY: Locality = { hold: null, lockOutside: false, reference: null, region: null }

/** A drawing as the model sees it. */
export function drawnFor({ sizePx }: RequestModel, { standIns, placement }: FaceScene, document: SketchDocument): Uint8ClampedArray {
  return modelBitmap(placedPage(document, placement), sizePx, { standIns })
}

/** @param sketch from `drawnFor`; it is transferred, so each request has its own */
export function faceRequest(model: RequestModel, scene: FaceScene, sketch: Uint8ClampedArray, locality: Locality): GenerateRequest {
  const { revision, look, tolerance } = scene
  return {
    revision,
    sketch,
    look,
    tolerance: tolerance && model.tolerance && resolveTolerance(tolerance, model.tolerance.defaults),
    locality,
  }
}

/** Sending a request gives its sketch away; whoever has to know later what was asked takes a copy first. */
export function copyOf(request: GenerateRequest): GenerateRequest {
  return { ...request, sketch: request.sketch.slice() }
}
