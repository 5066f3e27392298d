/**
 * The starter set: people that the live model paints of random shapes and looks, and what the cartoon model makes of them, printed in other inks so that there is
 * something to learn. Made on the spot from what ships; nobody in it is real.
 */

import { rasterize } from '../../editor/rasterizer'
import { sampleLook } from '../../faces/lookSampler'
import { contoursOf } from '../../faces/meanFace'
import { sampleShape } from '../../faces/shapeSampler'
import type { GeneratedFace, GeneratedPicture, MakePictureRequest, MakeRequest, ModelEntry, ModelRef } from '../../workers/protocol'
import { canvasOfPixels, encoded } from '../ui/canvas'
import { printedInk } from './printedInk'

export const STARTER_PEOPLE = 12
/** Every sixth person is held out. */
const HELD_OUT_EVERY = 6
const FIRST_SEED = 4711
const LINE_WIDTH_PX = 2

/** The models of the studio, as far as the starter set needs them. */
export interface StarterModels {
  /** Resolves when it is known which models there are, or that none can be run. */
  readonly whenKnown: () => Promise<void>
  readonly list: () => readonly ModelEntry[]
  readonly generate: (ref: ModelRef, make: MakeRequest) => Promise<GeneratedFace | null>
  readonly paint: (ref: ModelRef, make: MakePictureRequest) => Promise<GeneratedPicture | null>
}

export interface StarterPerson {
  readonly heldOut: boolean
  readonly photo: Blob
  readonly picture: Blob
}

/** The two models that are needed; `null` where one is not installed. */
export function starterModelsOf(models: readonly ModelEntry[]): { readonly live: ModelRef; readonly cartoon: ModelRef } | null {
  const shipped = (fits: (model: ModelEntry) => boolean): ModelRef | null => {
    const found = models.find((model) => !model.own && fits(model))
    return found ? { shipped: found.id } : null
  }
  const [live, cartoon] = [shipped(({ role }) => role === 'live'), shipped(({ role, style }) => role === 'picture' && style === 'cartoon')]
  return live && cartoon ? { live, cartoon } : null
}

/**
 * Person `place` of the set, always the same one.
 * @returns `null` when another request has taken this one's place. Rejects with a `StudioError`
 */
export async function starterPerson(
  models: StarterModels,
  refs: { live: ModelRef; cartoon: ModelRef },
  place: number,
): Promise<StarterPerson | null> {
  const seed = FIRST_SEED + place
  const face = await models.generate(refs.live, (model) => ({
    revision: place,
    sketch: sketchOf(seed, model.sizePx),
    look: sampleLook(model.lookFields, seed),
    tolerance: null,
    locality: { hold: null, lockOutside: false, reference: null, region: null },
  }))
  if (!face) return null
  const canvas = canvasOfPixels(face.pixels, face.sizePx)
  const cartoon = await models.paint(refs.cartoon, async ({ sizePx }) => ({
    photo: scaled(canvas, sizePx),
    face: null,
    strength: 1,
  }))
  if (!cartoon) return null
  const picture = canvasOfPixels(printedInk(cartoon.pixels), cartoon.sizePx)
  return {
    heldOut: place % HELD_OUT_EVERY === HELD_OUT_EVERY - 1,
    photo: await encoded(canvas, 'image/png'),
    picture: await encoded(picture, 'image/png'),
  }
}

function sketchOf(seed: number, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  const lines = contoursOf(sampleShape(seed)).map(({ points }) => {
    const line: number[] = []
    for (let i = 0; i + 1 < points.length; i += 2) line.push(points[i] ?? 0, points[i + 1] ?? 0, LINE_WIDTH_PX)
    return line
  })
  return rasterize(lines, sizePx)
}

function scaled(canvas: HTMLCanvasElement, sizePx: number): Uint8ClampedArray {
  const target = document.createElement('canvas')
  target.width = sizePx
  target.height = sizePx
  const context = target.getContext('2d')
  if (!context) return new Uint8ClampedArray(4 * sizePx ** 2)
  context.imageSmoothingQuality = 'high'
  context.drawImage(canvas, 0, 0, sizePx, sizePx)
  return context.getImageData(0, 0, sizePx, sizePx).data
}
