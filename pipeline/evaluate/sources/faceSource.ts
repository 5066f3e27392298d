/** Where the faces to be judged come from: a shipped model, or a folder of pictures that were generated elsewhere. */

import type { Look } from '../../../src/faces/look'
import type { RgbaImage } from '../data/image'

/** What one face is to be generated from. */
export interface FaceRequest {
  name: string
  /** Grey `[sizePx · sizePx]`, 255 paper, 0 ink. */
  sketch: Uint8ClampedArray<ArrayBuffer>
  /** The face's own look; what it leaves out takes the model's default. */
  look: Look
}

export interface FaceSource {
  /** For reports: `model live`, `folder runs/x/validation`. */
  label: string
  /** Side of the sketches that it reads. */
  sizePx: number
  /** Whether it can draw any sketch, or only has a picture for each validation face. */
  drawsAnySketch: boolean
  /** The generated face, or `null` when this source has none by that name. */
  generate(request: FaceRequest): Promise<RgbaImage | null>
}
