/** A picture file → the sketch that a model sees, brought to the mean face's place; and what was done to it, in words. */

import { placedPicture } from '../faces/placedPicture'
import { isIdentity } from '../faces/placement'
import { describePlacement, type PlacementWords } from '../faces/placementWords'
import { LEAST_CONFIDENCE, registerPicture } from '../faces/registration'
import { SKETCH_SIZE_PX } from '../shared/units'
import { openSketch } from './sketchPng'

export interface PlacedSketch {
  /** `[sizePx · sizePx]`, 255 paper, 0 ink. */
  readonly sketch: Uint8ClampedArray<ArrayBuffer>
  /** `null` when it was left where it lies. */
  readonly placement: PlacementWords | null
  /** For the person; `null` when there is nothing to say. */
  readonly warning: string | null
}

/** @param places false leaves every drawing where it lies, unlooked at */
export function placedSketch(file: Uint8Array, sizePx: number, places: boolean): PlacedSketch {
  const picture = openSketch(file)
  if (!places) return { sketch: picture.at(sizePx), placement: null, warning: null }
  const sketch = picture.upright(sizePx)
  const large = picture.upright(SKETCH_SIZE_PX)
  const { placement, confidence } = registerPicture(large, SKETCH_SIZE_PX)
  const warning =
    confidence < LEAST_CONFIDENCE
      ? 'this hardly looks like a face seen from the front; it was taken as it lies. Draw eyes, nose, mouth and jaw, or turn the picture upright'
      : null
  if (isIdentity(placement)) return { sketch, placement: null, warning }
  return { sketch: placedPicture(large, SKETCH_SIZE_PX, placement, sizePx), placement: describePlacement(placement), warning }
}

/** "12 px left, 3° clockwise, 0.8×": what was done to the drawing, in pixels of a page 512 px wide. */
export function placementInWords({ rightPx, downPx, turnDegrees, scale }: PlacementWords): string {
  const [x, y, turn] = [Math.round(rightPx), Math.round(downPx), Math.round(turnDegrees)]
  const words = [
    ...(x === 0 ? [] : [`${Math.abs(x)} px ${x < 0 ? 'left' : 'right'}`]),
    ...(y === 0 ? [] : [`${Math.abs(y)} px ${y < 0 ? 'up' : 'down'}`]),
    ...(turn === 0 ? [] : [`${Math.abs(turn)}° ${turn < 0 ? 'anticlockwise' : 'clockwise'}`]),
    ...(Math.abs(scale - 1) < 0.01 ? [] : [`${scale.toFixed(2)}×`]),
  ]
  return words.length > 0 ? words.join(', ') : 'less than a pixel'
}
