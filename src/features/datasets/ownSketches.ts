/** A sketch of the studio and the face that the live model paints of it now: a pair for training sketch → face. */

import { modelBitmap } from '../../editor/modelInk'
import { placedPage } from '../../editor/placedPage'
import { placementOf } from '../../faces/placement'
import { IDENTITY } from '../../faces/similarity'
import type { Project } from '../../storage/exchange/types'
import type { ModelRef } from '../../workers/protocol'
import { canvasOfPixels, encoded } from '../ui/canvas'
import type { StarterModels } from './starter'

/**
 * Both as the model has them: the drawing brought to its place, the mean face standing in for what is not drawn.
 * @returns `null` when another request has taken this one's place. Rejects with a `StudioError`
 */
export async function sketchPair(
  models: Pick<StarterModels, 'generate'>,
  live: ModelRef,
  { document, look }: Project,
): Promise<{ readonly a: Blob; readonly b: Blob } | null> {
  const page = placedPage(document, document.unplaced ? IDENTITY : placementOf(document.strokes))
  const bitmap = (sizePx: number) => modelBitmap(page, sizePx, { standIns: true })
  const face = await models.generate(live, ({ sizePx }) => ({
    revision: 1,
    sketch: bitmap(sizePx),
    look,
    tolerance: null,
    locality: { hold: null, lockOutside: false, reference: null, region: null },
  }))
  if (!face) return null
  const { pixels, sizePx } = face
  const sketch = bitmap(sizePx)
  const rgba = new Uint8ClampedArray(4 * sizePx ** 2).fill(255)
  for (let i = 0; i < sketch.length; i++) rgba.fill(sketch[i] ?? 255, 4 * i, 4 * i + 3)
  return {
    a: await encoded(canvasOfPixels(rgba, sizePx), 'image/png'),
    b: await encoded(canvasOfPixels(pixels, sizePx), 'image/png'),
  }
}
