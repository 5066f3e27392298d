/** Encoded pictures ↔ plain pixels, in a worker of the browser. */

import type { PlainPicture } from '../../shared/augment'
import { StudioError } from '../../shared/errors'
import type { TrainingPicture } from '../trainingProtocol'

const QUALITY = 0.9

/** A square of three channels; transparent places become white. */
export async function decode({ bytes, mime }: TrainingPicture, sizePx: number): Promise<PlainPicture> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }), {
    ...{ resizeWidth: sizePx, resizeHeight: sizePx, resizeQuality: 'high' },
  }).catch((cause: unknown) => {
    throw new StudioError('bad-image', 'A picture of this data set cannot be read. Remove it, then start again.', { cause })
  })
  try {
    const context = contextOf(sizePx)
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, sizePx, sizePx)
    context.drawImage(bitmap, 0, 0, sizePx, sizePx)
    const { data: rgba } = context.getImageData(0, 0, sizePx, sizePx)
    const data = new Uint8ClampedArray(3 * sizePx ** 2)
    for (let i = 0; i < sizePx ** 2; i++)
      for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = rgba[4 * i + channel] as number
    return { sizePx, channels: 3, data }
  } finally {
    bitmap.close()
  }
}

export async function encode({ sizePx, channels, data }: PlainPicture): Promise<TrainingPicture> {
  const image = new ImageData(sizePx, sizePx)
  for (let i = 0; i < sizePx ** 2; i++) {
    for (let channel = 0; channel < 3; channel++) image.data[4 * i + channel] = data[channels === 1 ? i : 3 * i + channel] as number
    image.data[4 * i + 3] = 255
  }
  const context = contextOf(sizePx)
  context.putImageData(image, 0, 0)
  const blob = await context.canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
  // A browser that cannot write WebP answers with PNG.
  return { mime: blob.type === 'image/webp' ? 'image/webp' : 'image/png', bytes: new Uint8Array(await blob.arrayBuffer()) }
}

function contextOf(sizePx: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(sizePx, sizePx).getContext('2d', { willReadFrequently: true })
  if (!context) throw new StudioError('internal', 'The browser gives no canvas to read pictures with. Reload the page and try again.')
  return context
}
