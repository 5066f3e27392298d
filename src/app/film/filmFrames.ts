/** Scenes → painted frames, each with the face made for it. One face is asked for at a time, beside the live ones, and none while the pen draws. */

import { POINT_STRIDE, type SketchDocument, type Stroke } from '../../editor/document'
import { placementOf } from '../../faces/placement'
import { IDENTITY, type Similarity } from '../../faces/similarity'
import { drawnFor, type FaceScene, faceRequest, PLAIN_LOCALITY } from '../../features/studio/face/faceRequest'
import { outlinePath } from '../../features/studio/surface/inkPath'
import { canvasOfPixels } from '../../features/ui/canvas'
import type { FilmFrame } from '../../features/ui/film/recordFilm'
import { StudioError } from '../../shared/errors'
import { SKETCH_SIZE_PX } from '../../shared/units'
import type { GeneratedFace, GenerateRequest, ModelSummary } from '../../workers/protocol'
import { drawInk, PAPER } from '../pictures'
import type { FilmScene } from './filmScript'

export const FILM_VIEWS = ['both', 'drawing', 'face'] as const
export type FilmView = (typeof FILM_VIEWS)[number]

export interface FramesOptions {
  readonly scenes: readonly FilmScene[]
  readonly view: FilmView
  readonly look: FaceScene['look']
  readonly tolerance: FaceScene['tolerance']
  readonly standIns: boolean
  /** A face of the model in use, beside the live ones; `null` when another request took this one's place. */
  readonly generate: (make: (model: ModelSummary) => GenerateRequest) => Promise<GeneratedFace | null>
  /** Resolves when nobody draws and no live face is on its way. */
  readonly rest: () => Promise<void>
  readonly signal: AbortSignal
}

/** Another caller of the same model may take a request's place. */
const MOST_TRIES = 5

export async function* filmFrames(options: FramesOptions): AsyncGenerator<FilmFrame> {
  const { scenes, view, rest, signal } = options
  let placement: Similarity = IDENTITY
  let face: CanvasImageSource | null = null
  for (const scene of scenes) {
    for (let i = 1; i <= scene.growFrames && view !== 'face'; i++) {
      await rest()
      signal.throwIfAborted()
      yield frameOf(view, scene.before, face, { strokes: scene.drawn, fraction: i / scene.growFrames })
    }
    if (view !== 'drawing') {
      placement = scene.after.unplaced ? IDENTITY : placementOf(scene.after.strokes, placement)
      face = await faceOf(options, scene.after, placement)
    }
    yield { ...frameOf(view, scene.after.strokes, face), holdFrames: scene.standFrames + (view === 'face' ? scene.growFrames : 0) }
  }
}

async function faceOf(options: FramesOptions, document: SketchDocument, placement: Similarity): Promise<CanvasImageSource> {
  const { look, tolerance, standIns, generate, rest, signal } = options
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await rest()
    signal.throwIfAborted()
    const made = await generate((model) => {
      const scene = { revision: 0, look, tolerance, standIns, placement }
      return faceRequest(model, scene, drawnFor(model, scene, document), PLAIN_LOCALITY)
    })
    if (made) return canvasOfPixels(made.pixels, made.sizePx)
  }
  throw new StudioError('internal', 'The generator is needed elsewhere. Close the comparison of models, then try again.')
}

interface Growing {
  readonly strokes: readonly Stroke[]
  /** How much of each is drawn, 0–1. */
  readonly fraction: number
}

function frameOf(view: FilmView, strokes: readonly Stroke[], face: CanvasImageSource | null, growing?: Growing): FilmFrame {
  return {
    paint: (context, widthPx, heightPx) => {
      context.fillStyle = PAPER
      context.fillRect(0, 0, widthPx, heightPx)
      if (view !== 'face') {
        drawInk(context, strokes, heightPx)
        if (growing) drawGrowing(context, growing, heightPx)
      }
      const left = view === 'both' ? heightPx : 0
      if (view === 'both') {
        // Ink that hangs over the page's edge belongs to the page.
        context.fillStyle = PAPER
        context.fillRect(left, 0, heightPx, heightPx)
      }
      if (face) context.drawImage(face, left, 0, heightPx, heightPx)
    },
  }
}

function drawGrowing(context: CanvasRenderingContext2D, { strokes, fraction }: Growing, sidePx: number): void {
  context.save()
  context.scale(sidePx / SKETCH_SIZE_PX, sidePx / SKETCH_SIZE_PX)
  context.fillStyle = '#000000'
  for (const stroke of strokes)
    context.fill(outlinePath(stroke, 0, Math.max(1, Math.ceil((fraction * stroke.points.length) / POINT_STRIDE))))
  context.restore()
}
