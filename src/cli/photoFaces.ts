/** A photo file → its largest face, aligned, with a word on what is doubtful: the same code as on the photos' screen. */

import { cropToSquare } from '../faces/alignment'
import type { FaceFinder } from '../faces/faceFinder'
import { type Caution, cautionsOf, facesOfPhoto, type PhotoFace } from '../faces/photoFaces'
import { StudioError } from '../shared/errors'
import type { RgbaImage } from '../shared/image'
import { shrunkTo } from '../storage/exchange/trace/prepare'
import { decodePicture } from './decodePicture'

/** As the screen keeps them. */
const KEEP_SIDE_PX = 1600

export interface OpenedFace {
  readonly face: PhotoFace
  /** Of the photo. */
  readonly faces: number
  /** For the person; empty when there is nothing to say. */
  readonly warnings: readonly string[]
  /** The aligned face, as large as it is needed. */
  readonly crop: (sizePx: number) => RgbaImage
}

/** Rejects with a `StudioError` for a file that is no photo, or one without a face. */
export async function openFace(file: Uint8Array, finder: FaceFinder): Promise<OpenedFace> {
  const photo = opaque(file)
  const faces = await facesOfPhoto(photo, finder)
  const [face] = faces
  if (!face)
    throw new StudioError(
      'bad-image',
      'no face was found; it has to be upright, seen at least half from the front, and larger than a tenth of the photo',
    )
  const cautions = cautionsOf(face, photo).map((caution) => IN_WORDS[caution](Math.round(Math.abs(face.yawDegrees))))
  const several = faces.length > 1 ? [`${faces.length} faces; the largest was taken`] : []
  return { face, faces: faces.length, warnings: [...several, ...cautions], crop: (sizePx) => cropToSquare(photo, face.square, sizePx) }
}

const IN_WORDS: Readonly<Record<Caution, (degrees: number) => string>> = {
  turned: (degrees) => `the head is turned by about ${degrees}°`,
  profile: (degrees) => `the head is turned by about ${degrees}°; half of its points are guesses`,
  tilted: () => 'the head is bent up or down',
  small: () => 'the face has few pixels',
  cutOff: () => 'part of the face lies beyond the edge',
}

/** Transparent places become white. */
function opaque(file: Uint8Array): RgbaImage {
  const { width, height, data: pixels } = shrunkTo(decodePicture(file), KEEP_SIDE_PX)
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = (pixels[i + 3] ?? 255) / 255
    for (let channel = 0; channel < 3; channel++) pixels[i + channel] = 255 + alpha * ((pixels[i + channel] ?? 0) - 255)
    pixels[i + 3] = 255
  }
  return { width, height, data: pixels }
}
