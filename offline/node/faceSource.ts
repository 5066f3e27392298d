/** Where the faces to be judged come from: a shipped model, or a folder of pictures that were generated elsewhere. */

import type { Look, LookPreset } from '../../src/faces/look'
import type { Tolerance } from '../../src/faces/tolerance'
import type { RgbaImage } from '../../src/shared/image'

/** Grey `[sizePx · sizePx]`, 255 paper, 0 ink. */
export type Sketch = Uint8ClampedArray<ArrayBuffer>

/** What one face is to be generated from. */
export interface FaceRequest {
  name: string
  sketch: Sketch
  /** The face's own look; what it leaves out takes the model's default. */
  look: Look
  /** How far the lines may be off; `null` takes the model's own values. A model without a tolerance input does not see it. */
  tolerance: Tolerance | null
  /** The instance norms keep the statistics of this sketch's face; `null` for a plain pass. */
  hold: { id: string; sketch: Sketch } | null
}

export interface FaceSource {
  id: string
  /** As people are told. */
  name: string
  /** What the model is for: live, fine, comparison; `pictures` for a folder. */
  role: string
  /** Changes when the weights do. */
  fingerprint: string
  /** For reports: `model live`, `folder runs/x/validation`. */
  label: string
  /** Side of the sketches that it reads. */
  sizePx: number
  /** Whether it can draw any sketch, or only has a picture for each validation face. */
  drawsAnySketch: boolean
  /** The model's own tolerance, or `null` when it reads the sketch alone. */
  tolerance: Tolerance | null
  /** Fields of the look that it understands. */
  lookFields: readonly string[]
  /** The looks that it offers. */
  lookPresets: readonly LookPreset[]
  /** The generated face, or `null` when this source has none by that name. */
  generate(request: FaceRequest): Promise<RgbaImage | null>
  dispose(): void
}
