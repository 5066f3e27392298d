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

  it('keeps both squares on a phone on its side', () => {
    const layout = chooseLayout(844, 390)
    expect(layout.arrangement).toBe('phoneWide')
    expect(layout.pagePx + topBar).toBeLessThanOrEqual(390)
  })
})
