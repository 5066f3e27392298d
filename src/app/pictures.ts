/** Pictures made for export and for the list of sketches: the drawing in black on white whatever the theme, the face, and both side by side. */

import type { Stroke } from '../editor/document'
import { pageInk } from '../editor/pageInk'
import { greyOf } from '../editor/rasterizer'
import type { FacePicture } from '../features/studio/face/faceTypes'
import type { ReferenceState } from '../features/studio/reference/reference'
import { strokePath } from '../features/studio/surface/inkPath'
import { canvasOf, canvasOfPixels, encoded, labelledPng } from '../features/ui/canvas'
import type { Origin } from '../shared/pngText'
import { enlarged } from '../shared/resample'
import { SKETCH_SIZE_PX } from '../shared/units'
import type { Thumbnail } from '../storage/types'

const THUMBNAIL_PX = 192
export const PAPER = '#ffffff'
const INK = '#000000'
export const FROM_SKETCH = 'a face drawn from a sketch'

function drawSketch(context: CanvasRenderingContext2D, strokes: readonly Stroke[], left: number, sidePx: number): void {
  context.save()
  context.translate(left, 0)
  context.fillStyle = PAPER
  context.fillRect(0, 0, sidePx, sidePx)
  context.beginPath()
  context.rect(0, 0, sidePx, sidePx)
  context.clip()
  drawInk(context, strokes, sidePx)
  context.restore()
}

/** Black on whatever is there. */
export function drawInk(context: CanvasRenderingContext2D, strokes: readonly Stroke[], sidePx: number): void {
  context.save()
  context.scale(sidePx / SKETCH_SIZE_PX, sidePx / SKETCH_SIZE_PX)
  context.fillStyle = INK
  for (const stroke of strokes) context.fill(strokePath(stroke))
  context.restore()
}

export function drawFace(context: CanvasRenderingContext2D, { pixels, sizePx }: FacePicture, left: number, sidePx: number): void {
  context.drawImage(canvasOfPixels(pixels, sizePx), left, 0, sidePx, sidePx)
}

/** As it lies under the page, in full strength. */
export function drawReference(context: CanvasRenderingContext2D, { reference, image }: ReferenceState, sidePx: number): void {
  if (!reference || !image) return
  context.save()
  context.scale(sidePx / SKETCH_SIZE_PX, sidePx / SKETCH_SIZE_PX)
  context.translate(reference.x, reference.y)
  context.rotate((reference.turnDegrees * Math.PI) / 180)
  context.scale(reference.scale, reference.scale)
  context.drawImage(image, -reference.width / 2, -reference.height / 2)
  context.restore()
}

export function sketchPng(strokes: readonly Stroke[], sidePx: number): Promise<Blob> {
  const { canvas, context } = canvasOf(sidePx, sidePx)
  drawSketch(context, strokes, 0, sidePx)
  return encoded(canvas, 'image/png')
}

/** What the picture's file says of the face in it. @param sketch name and id of its drawing */
export const originOf = ({ madeBy }: FacePicture, sketch: string): Origin | null => madeBy && { ...madeBy, sketch }

/** The face in the model's own size, or enlarged, which its file says: nothing is invented. */
export async function facePng(face: FacePicture, sketch: string, sidePx = face.sizePx): Promise<Blob> {
  return labelledPng(await resized(face, sidePx), FROM_SKETCH, enlargedOrigin(face, sketch, sidePx))
}

export async function sideBySidePng(strokes: readonly Stroke[], face: FacePicture, sketch: string, sidePx: number): Promise<Blob> {
  const { canvas, context } = canvasOf(2 * sidePx, sidePx)
  drawSketch(context, strokes, 0, sidePx)
  context.drawImage(await resized(face, sidePx), sidePx, 0)
  return labelledPng(canvas, FROM_SKETCH, enlargedOrigin(face, sketch, sidePx))
}

const resized = async ({ pixels, sizePx }: FacePicture, sidePx: number): Promise<HTMLCanvasElement> =>
  canvasOfPixels(await enlarged(pixels, sizePx, sidePx), sidePx)

function enlargedOrigin(face: FacePicture, sketch: string, sidePx: number): Origin | null {
  const origin = originOf(face, sketch)
  return origin && sidePx > face.sizePx ? { ...origin, enlargedFromPx: face.sizePx } : origin
}

/** By the rasteriser: fast with any number of strokes, and thin lines stay visible. */
export async function sketchThumbnail(strokes: readonly Stroke[]): Promise<Thumbnail> {
  const { canvas, context } = canvasOf(THUMBNAIL_PX, THUMBNAIL_PX)
  const grey = greyOf(pageInk(strokes, THUMBNAIL_PX))
  const image = new ImageData(THUMBNAIL_PX, THUMBNAIL_PX)
  for (let i = 0; i < grey.length; i++) image.data.set([grey[i] ?? 255, grey[i] ?? 255, grey[i] ?? 255, 255], 4 * i)
  context.putImageData(image, 0, 0)
  return thumbnail(canvas)
}

export async function faceThumbnail(face: FacePicture): Promise<Thumbnail> {
  const { canvas, context } = canvasOf(THUMBNAIL_PX, THUMBNAIL_PX)
  drawFace(context, face, 0, THUMBNAIL_PX)
  return thumbnail(canvas)
}

/** WebP where the browser can write it; others answer with PNG. */
async function thumbnail(canvas: HTMLCanvasElement): Promise<Thumbnail> {
  const blob = await encoded(canvas, 'image/webp', 0.8)
  return { mime: blob.type === 'image/webp' ? 'image/webp' : 'image/png', bytes: new Uint8Array(await blob.arrayBuffer()) }
}
