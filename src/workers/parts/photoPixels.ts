/** Photos as plain pixels, in a worker of the browser: decoded upright and opaque, and encoded again. */

import { StudioError } from '../../shared/errors'
import type { RgbaImage } from '../../shared/image'
import { openPhotoBitmap } from '../../storage/exchange/photoFile'
import type { EncodedPicture } from '../../storage/photoTypes'

/** Photos are kept up to this size: a face that fills a third of one still has more pixels than any model takes. */
export const KEEP_SIDE_PX = 1600

/** Upright, opaque, no larger than is kept. */
export async function decodePhoto(file: Blob): Promise<RgbaImage> {
  const bitmap = await openPhotoBitmap(file, KEEP_SIDE_PX)
  try {
    const shrink = Math.min(1, KEEP_SIDE_PX / Math.max(bitmap.width, bitmap.height))
    return drawn(bitmap, Math.max(1, Math.round(bitmap.width * shrink)), Math.max(1, Math.round(bitmap.height * shrink)))
  } finally {
    bitmap.close()
  }
}

/** @param sizePx of a square; `null` is the picture's own size */
export async function decode({ bytes, mime }: EncodedPicture, sizePx: number | null): Promise<RgbaImage> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }))
  try {
    return drawn(bitmap, sizePx ?? bitmap.width, sizePx ?? bitmap.height)
  } finally {
    bitmap.close()
  }
}

/** Transparent places become white. */
function drawn(bitmap: ImageBitmap, width: number, height: number): RgbaImage {
  const { context } = canvasOf(width, height)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return { width, height, data }
}

function canvasOf(width: number, height: number): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new StudioError('internal', 'The browser gives no canvas to read the photo with. Reload the page and try again.')
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}

/** @param sidePx of the longer side */
export async function encode(
  { data, width, height }: RgbaImage,
  sidePx: number,
  type: EncodedPicture['mime'],
  quality: number,
): Promise<EncodedPicture> {
  const source = canvasOf(width, height)
  source.context.putImageData(new ImageData(Uint8ClampedArray.from(data), width, height), 0, 0)
  const scale = sidePx / Math.max(width, height)
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  let { canvas } = source
  if (scale !== 1) {
    const target = canvasOf(w, h)
    target.context.drawImage(source.canvas, 0, 0, w, h)
    canvas = target.canvas
  }
  const blob = await canvas.convertToBlob({ type, quality })
  // A browser that cannot write WebP answers with PNG.
  const mime = blob.type === type ? type : 'image/png'
  return { mime, bytes: new Uint8Array(await blob.arrayBuffer()) }
}
