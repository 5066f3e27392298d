/** Faces and heat maps onto canvases. */

import { heatImage } from '../../ui/heatColours'
import type { FacePicture, HeatMap } from './faceTypes'

export function paintFace(canvas: HTMLCanvasElement | null, picture: FacePicture | null): void {
  if (canvas && picture) put(canvas, picture.pixels, picture.sizePx)
}

/** The map with clear parts, to lie over the face; without one the canvas is cleared. */
export function paintHeat(canvas: HTMLCanvasElement | null, heat: HeatMap | null): void {
  if (canvas && heat) put(canvas, heatImage(heat.values), heat.sizePx)
  else canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height)
}

/** The map to stand beside the face: its clear parts are black. */
export function paintHeatOnBlack(canvas: HTMLCanvasElement | null, heat: HeatMap | null): void {
  if (canvas && heat) put(canvas, onBlack(heatImage(heat.values)), heat.sizePx)
  else paintHeat(canvas, null)
}

function put(canvas: HTMLCanvasElement, pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number): void {
  // Setting a side clears the canvas, even to what it was.
  if (canvas.width !== sizePx || canvas.height !== sizePx) {
    canvas.width = sizePx
    canvas.height = sizePx
  }
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0)
}

function onBlack(image: Uint8ClampedArray<ArrayBuffer>): Uint8ClampedArray<ArrayBuffer> {
  for (let i = 0; i < image.length; i += 4) {
    const opacity = (image[i + 3] ?? 0) / 255
    for (let channel = 0; channel < 3; channel++) image[i + channel] = (image[i + channel] ?? 0) * opacity
    image[i + 3] = 255
  }
  return image
}
