/** Pictures made off the screen. */

import { StudioError } from '../../shared/errors'
import { madeByStudio, type Origin, withPngText } from '../../shared/pngText'

export interface OffscreenPicture {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
}

export function canvasOf(width: number, height: number): OffscreenPicture {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new StudioError('internal', 'This browser has no 2D canvas.')
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}

/** Rows of RGBA, in their own size. */
export function canvasOfPixels(pixels: ImageDataArray, sizePx: number): HTMLCanvasElement {
  const { canvas, context } = canvasOf(sizePx, sizePx)
  context.putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0)
  return canvas
}

/** @param quality 0–1, of a format that loses */
export function encoded(canvas: HTMLCanvasElement, mime: 'image/png' | 'image/webp' | 'image/jpeg', quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new StudioError('internal', 'The picture could not be encoded.'))),
      mime,
      quality,
    )
  })
}

/** A PNG that says of itself that it was made, by what and of what. */
export async function labelledPng(canvas: HTMLCanvasElement, what: string, origin: Origin | null = null): Promise<Blob> {
  const plain = await encoded(canvas, 'image/png')
  return new Blob([withPngText(new Uint8Array(await plain.arrayBuffer()), madeByStudio(what, origin))], { type: 'image/png' })
}
