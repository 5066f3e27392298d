import { describe, expect, it } from 'vitest'
import { chooseLayout, MEASURES } from './layout'

const { topBar, rail, bottomRail, options, strip, column, gap, phoneGap, phoneActions } = MEASURES

describe('chooseLayout', () => {
  it('puts two equal squares side by side on a desktop', () => {
    const layout = chooseLayout(1440, 900)
    expect(layout.arrangement).toBe('strip')
    expect(layout.pagePx).toBe(layout.facePx)
    expect(layout.pagePx).toBeGreaterThan(580)
    expect(2 * layout.pagePx + 3 * gap + rail).toBeLessThanOrEqual(1440)
    expect(layout.pagePx + topBar + options + strip).toBeLessThanOrEqual(900)
  })

  it('moves the controls to the side on a low, wide window', () => {
    const layout = chooseLayout(1920, 900)
    expect(layout.arrangement).toBe('column')
    expect(2 * layout.pagePx + column + rail + 3 * gap).toBeLessThanOrEqual(1920)
  })

  it.each([
    [390, 844],
    [390, 664],
    [360, 740],
    [320, 568],
    [430, 932],
  ])('shows page and face together on a phone of %i × %i', (width, height) => {
    const layout = chooseLayout(width, height)
    expect(layout.arrangement).toBe('phone')
    expect(layout.pagePx).toBeGreaterThanOrEqual(layout.facePx)
    expect(layout.pagePx + 2 * phoneGap).toBeLessThanOrEqual(width)
    expect(layout.facePx + phoneActions + 3 * phoneGap).toBeLessThanOrEqual(width)
    expect(layout.pagePx + layout.facePx + topBar + bottomRail + 3 * phoneGap).toBeLessThanOrEqual(height)
    expect(layout.facePx).toBeGreaterThan(170)
  })

  it('stacks on an upright tablet', () => {
    const layout = chooseLayout(820, 1180)
    expect(layout.arrangement).toBe('stacked')
    expect(layout.pagePx).toBeGreaterThan(500)
    expect(layout.facePx).toBeGreaterThan(350)
  })

  it.each([
    [427, 240],
    [320, 256],
    [280, 300],
  ])('scrolls where two squares would be too small: %i × %i', (width, height) => {
    const layout = chooseLayout(width, height)
    expect(layout.arrangement).toBe('scroll')
    expect(layout.pagePx).toBeGreaterThanOrEqual(160)
    expect(layout.pagePx + 2 * phoneGap + bottomRail).toBeLessThanOrEqual(height + 8)
  })

  it.each([
    [667, 375],
    [568, 320],
    [932, 430],
  ])('has room for every button about the face on its side: %i × %i', (width, height) => {
    const { arrangement, pagePx, facePx } = chooseLayout(width, height)
    expect(arrangement).toBe('phoneWide')
    const columns = Math.ceil(7 / Math.floor((height - topBar) / 40))
    expect(rail + pagePx + facePx + columns * phoneActions + 4 * phoneGap).toBeLessThanOrEqual(width)
  })

  it('keeps both squares on a phone on its side', () => {
    const layout = chooseLayout(844, 390)
    expect(layout.arrangement).toBe('phoneWide')
    expect(layout.pagePx + topBar).toBeLessThanOrEqual(390)
  })
})
