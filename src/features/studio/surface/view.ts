/** Zooming and panning the page inside the square surface: pure arithmetic on the editor's `View`. */

import type { View } from '../../../editor/types'
import { type ScreenPx, SKETCH_SIZE_PX, type SketchPx } from '../../../shared/units'

/** Zoom limits as multiples of the zoom at which the page fills the surface. */
export const ZOOM_LIMITS = { least: 0.5, most: 16 } as const
/** How far beyond its edge a page that is larger than the surface may be moved, as a share of the surface. */
const MARGIN = 0.25

export function fitView(surfacePx: ScreenPx): View {
  return { zoom: surfacePx / SKETCH_SIZE_PX, panX: 0, panY: 0 }
}

/** Zoom relative to the fitted page; 1 fills the surface. */
export function relativeZoom(view: View, surfacePx: ScreenPx): number {
  return surfacePx > 0 ? (view.zoom * SKETCH_SIZE_PX) / surfacePx : 1
}

/** Zooms by `factor` so that the place under (`x`, `y`) of the surface stays where it is. */
export function zoomAt(view: View, factor: number, x: ScreenPx, y: ScreenPx, surfacePx: ScreenPx): View {
  const fit = surfacePx / SKETCH_SIZE_PX
  const zoom = Math.min(fit * ZOOM_LIMITS.most, Math.max(fit * ZOOM_LIMITS.least, view.zoom * factor))
  const applied = zoom / view.zoom
  return keepInReach({ zoom, panX: x - (x - view.panX) * applied, panY: y - (y - view.panY) * applied }, surfacePx)
}

export function panBy(view: View, dx: ScreenPx, dy: ScreenPx, surfacePx: ScreenPx): View {
  return keepInReach({ ...view, panX: view.panX + dx, panY: view.panY + dy }, surfacePx)
}

/** The same section of the page on a surface of another size. */
export function resizeView(view: View, fromPx: ScreenPx, toPx: ScreenPx): View {
  if (fromPx <= 0) return fitView(toPx)
  const ratio = toPx / fromPx
  return { zoom: view.zoom * ratio, panX: view.panX * ratio, panY: view.panY * ratio }
}

export function toSketch(view: View, x: ScreenPx, y: ScreenPx): { x: SketchPx; y: SketchPx } {
  return { x: (x - view.panX) / view.zoom, y: (y - view.panY) / view.zoom }
}

/** A place of a turned page, turned back about (`middle`, `middle`). @param degrees how far the page is turned, clockwise */
export function turnBack(x: ScreenPx, y: ScreenPx, middle: ScreenPx, degrees: number): { x: ScreenPx; y: ScreenPx } {
  if (degrees === 0) return { x, y }
  const radians = (-degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const [dx, dy] = [x - middle, y - middle]
  return { x: middle + dx * cos - dy * sin, y: middle + dx * sin + dy * cos }
}

/** The view that keeps a sketch point visible with a margin, for the keyboard's pen. */
export function revealPoint(view: View, x: SketchPx, y: SketchPx, surfacePx: ScreenPx): View {
  const margin = Math.min(40, surfacePx / 8)
  const screenX = x * view.zoom + view.panX
  const screenY = y * view.zoom + view.panY
  const dx = Math.max(0, margin - screenX) + Math.min(0, surfacePx - margin - screenX)
  const dy = Math.max(0, margin - screenY) + Math.min(0, surfacePx - margin - screenY)
  const nearlyFitted = relativeZoom(view, surfacePx) <= 1.001
  return nearlyFitted || (dx === 0 && dy === 0) ? view : panBy(view, dx, dy, surfacePx)
}

/** A page that fits stays put or, if smaller, inside; a larger one shows its edges with a margin that grows with the zoom. */
function keepInReach(view: View, surfacePx: ScreenPx): View {
  const page = view.zoom * SKETCH_SIZE_PX
  const spare = surfacePx - page
  const margin = spare < 0 ? MARGIN * surfacePx * (1 - surfacePx / page) : 0
  const clamp = (pan: number): number => Math.min(Math.max(0, spare) + margin, Math.max(Math.min(0, spare) - margin, pan))
  return { zoom: view.zoom, panX: clamp(view.panX), panY: clamp(view.panY) }
}
