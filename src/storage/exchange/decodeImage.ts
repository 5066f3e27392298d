/** The browser's decoder for pictures whose header has been checked: file → pixels, no larger than tracing needs. */

import { StudioError } from '../../shared/errors'
import { KEEP_SIDE_PX } from './trace/prepare'
import type { ImportOptions } from './types'

export const decodeInBrowser: NonNullable<ImportOptions['decodeImage']> = async (file, { width, height }) => {
  const shrink = Math.min(1, KEEP_SIDE_PX / Math.max(width, height))
  // Only the width is given: a turned photograph keeps its proportions either way.
  const resized = shrink < 1 ? { resizeWidth: Math.max(1, Math.round(width * shrink)), resizeQuality: 'high' as const } : {}
  const bitmap = await createImageBitmap(file, resized)
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new StudioError('internal', 'The browser gives no canvas to read the picture with. Reload the page and try again.')
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    return { width: bitmap.width, height: bitmap.height, data: Uint8ClampedArray.from(data) }
  } finally {
    bitmap.close()
  }
}
