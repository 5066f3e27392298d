/** The lines of a portrait drawing as strokes where they lie: the face is in its place already. */

import { emptyDocument, type SketchDocument } from '../editor/document'
import { newId } from '../shared/ids'
import { assignFaceParts } from '../storage/exchange/assign'
import { DEFAULT_SETTINGS } from '../storage/exchange/trace/settings'
import { traceImage } from '../storage/exchange/trace/traceImage'

/**
 * @param pixels RGBA `[sizePx · sizePx · 4]`
 * @throws StudioError `bad-image` when there are no lines
 */
export function drawingStrokes(pixels: Uint8ClampedArray, sizePx: number): SketchDocument {
  const image = { width: sizePx, height: sizePx, data: pixels }
  const { strokes } = traceImage(image, { settings: { ...DEFAULT_SETTINGS, fit: false }, assignParts: assignFaceParts })
  return { ...emptyDocument(newId()), strokes }
}
