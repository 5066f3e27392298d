/** Pictures for saving: a model's picture over its photo, and sheets of several. Each says in its file that it is synthetic. */

import { guidedPixels } from '../../shared/guidedPixels'
import type { EncodedPicture } from '../../storage/photoTypes'
import { canvasOf, canvasOfPixels, encoded, labelledPng } from '../ui/canvas'
import type { PaintedFace } from './roomTypes'

const CELL_PX = 320
const GAP_PX = 12
const THUMBNAIL_PX = 192
const CAPTION_PX = 26
const INK = '#1b1d1f'
const PAPER = '#ffffff'

export interface SheetRow {
  readonly crop: EncodedPicture
  readonly caption: string
  readonly made: readonly { readonly painted: PaintedFace; readonly caption: string }[]
}

export const decoded = ({ bytes, mime }: EncodedPicture): Promise<ImageBitmap> => createImageBitmap(new Blob([bytes], { type: mime }))

/** The picture in its own size, with the photo's edges as its radius says, mixed with the photo by its strength. */
export function paintOver(canvas: HTMLCanvasElement, photo: ImageBitmap, { pixels, sizePx, strength, radius }: PaintedFace): void {
  const filtered = radius > 0 ? guidedPixels(pixelsOf(photo, sizePx), pixels, sizePx, radius) : pixels
  const source = canvasOfPixels(filtered, sizePx)
  canvas.width = sizePx
  canvas.height = sizePx
  const context = canvas.getContext('2d')
  if (!context) return
  context.imageSmoothingQuality = 'high'
  if (strength !== null && strength < 1) context.drawImage(photo, 0, 0, sizePx, sizePx)
  context.globalAlpha = strength ?? 1
  context.drawImage(source, 0, 0)
}

function pixelsOf(photo: ImageBitmap, sizePx: number): Uint8ClampedArray {
  const { context } = canvasOf(sizePx, sizePx)
  context.imageSmoothingQuality = 'high'
  context.drawImage(photo, 0, 0, sizePx, sizePx)
  return context.getImageData(0, 0, sizePx, sizePx).data
}

/** For the list. */
export async function thumbnailOf(crop: EncodedPicture): Promise<EncodedPicture> {
  const photo = await decoded(crop)
  const { canvas, context } = canvasOf(THUMBNAIL_PX, THUMBNAIL_PX)
  context.drawImage(photo, 0, 0, THUMBNAIL_PX, THUMBNAIL_PX)
  photo.close()
  const blob = await encoded(canvas, 'image/jpeg', 0.85).catch(() => null)
  return blob ? { mime: 'image/jpeg', bytes: new Uint8Array(await blob.arrayBuffer()) } : crop
}

export async function facePng(crop: EncodedPicture, painted: PaintedFace): Promise<Blob> {
  const photo = await decoded(crop)
  const { canvas } = canvasOf(painted.sizePx, painted.sizePx)
  paintOver(canvas, photo, painted)
  photo.close()
  return labelledPng(canvas, `made from a photo by the model ${painted.modelId}`, painted.madeBy)
}

/** A row a face: the photo, then what was made of it. */
export async function sheetPng(rows: readonly SheetRow[]): Promise<Blob> {
  const columns = 1 + Math.max(...rows.map(({ made }) => made.length))
  const [stepX, stepY] = [CELL_PX + GAP_PX, CELL_PX + CAPTION_PX + GAP_PX]
  const { canvas, context } = canvasOf(GAP_PX + columns * stepX, GAP_PX + rows.length * stepY)
  context.fillStyle = PAPER
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = INK
  context.font = '15px system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const [row, { crop, caption, made }] of rows.entries()) {
    const photo = await decoded(crop)
    const put = (picture: CanvasImageSource, column: number, words: string): void => {
      const [x, y] = [GAP_PX + column * stepX, GAP_PX + row * stepY]
      context.drawImage(picture, x, y, CELL_PX, CELL_PX)
      context.fillText(words, x, y + CELL_PX + CAPTION_PX / 2, CELL_PX)
    }
    put(photo, 0, caption)
    for (const [i, { painted, caption: words }] of made.entries()) {
      const cell = canvasOf(1, 1)
      paintOver(cell.canvas, photo, painted)
      put(cell.canvas, i + 1, words)
    }
    photo.close()
  }
  return labelledPng(canvas, 'a sheet of photos and what models made of them')
}
