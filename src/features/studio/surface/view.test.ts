import { describe, expect, it } from 'vitest'
import { fitView, panBy, relativeZoom, resizeView, revealPoint, toSketch, zoomAt } from './view'

describe('view', () => {
  it('fits the page to the surface', () => {
    expect(fitView(1024)).toEqual({ zoom: 2, panX: 0, panY: 0 })
    expect(toSketch(fitView(1024), 512, 1024)).toEqual({ x: 256, y: 512 })
  })

  it('zooms about the pointer', () => {
    const view = zoomAt(fitView(512), 4, 100, 300, 512)
    expect(toSketch(view, 100, 300)).toEqual({ x: 100, y: 300 })
    expect(relativeZoom(view, 512)).toBe(4)
  })

  it('stops at the limits without drifting', () => {
    let view = fitView(512)
    for (let i = 0; i < 40; i++) view = zoomAt(view, 1.5, 200, 200, 512)
    expect(relativeZoom(view, 512)).toBeCloseTo(16)
    expect(toSketch(view, 200, 200).x).toBeCloseTo(200)
  })

  it('keeps a fitted page where it is, and a smaller one inside', () => {
    expect(panBy(fitView(512), 5000, -5000, 512)).toEqual(fitView(512))
    const small = panBy(zoomAt(fitView(512), 0.5, 256, 256, 512), 5000, -5000, 512)
    expect([small.panX, small.panY]).toEqual([256, 0])
  })

  it('never loses a larger page', () => {
    const view = panBy(zoomAt(fitView(512), 4, 256, 256, 512), 5000, -5000, 512)
    expect(view.panX).toBe(96)
    expect(view.panY).toBe(512 - 2048 - 96)
  })

  it('shows the same section on another surface', () => {
    const view = zoomAt(fitView(512), 3, 256, 256, 512)
    const bigger = resizeView(view, 512, 768)
    expect(toSketch(bigger, 384, 384).x).toBeCloseTo(toSketch(view, 256, 256).x)
  })

  it('follows the keyboard pen when zoomed in, and stays put when the whole page shows', () => {
    expect(revealPoint(fitView(512), 0, 0, 512)).toEqual(fitView(512))
    const zoomed = zoomAt(fitView(512), 8, 256, 256, 512)
    const moved = revealPoint(zoomed, 300, 256, 512)
    const screenX = 300 * moved.zoom + moved.panX
    expect(screenX).toBeLessThanOrEqual(512 - 39)
  })
})
