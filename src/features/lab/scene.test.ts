import { describe, expect, it } from 'vitest'
import { dotAt, dotsWithin, SCENE, type Sheet, sceneOf, sheetSvg } from './scene'

describe('a plot', () => {
  it('fits its square with the proportions kept', () => {
    const dots = sceneOf([0, 0, 10, 0, 5, 2], [4, 5, 6], () => 0)
    expect(dots.map(({ x, y, drawing }) => [x, y, drawing])).toEqual([
      [5, expect.closeTo(41), 4],
      [95, expect.closeTo(41), 5],
      [50, expect.closeTo(59), 6],
    ])
  })

  it('of one place lies in the middle, and of none is empty', () => {
    expect(sceneOf([7, 7, 7, 7], [0, 1], () => 1).map(({ x, y }) => [x, y])).toEqual([
      [SCENE / 2, SCENE / 2],
      [SCENE / 2, SCENE / 2],
    ])
    expect(sceneOf([], [], () => 0)).toEqual([])
  })

  it('knows the dots within a lasso', () => {
    const dots = sceneOf([0, 0, 10, 0, 10, 10], [7, 8, 9], () => 0)
    expect(dotsWithin(dots, [90, 0, 100, 0, 100, 100, 90, 100])).toEqual([8, 9])
    expect(dotsWithin(dots, [40, 40, 60, 40, 50, 60])).toEqual([])
    expect(dotsWithin(dots, [5, 5])).toEqual([])
  })

  it('knows the dot that is pointed at', () => {
    const dots = sceneOf([0, 0, 10, 0], [0, 1], () => 0)
    expect(dotAt(dots, 94, 50)?.drawing).toBe(1)
    expect(dotAt(dots, 50, 50)).toBeNull()
  })
})

it('the SVG file has every dot, and names that cannot break it', () => {
  const dots = sceneOf([0, 0, 10, 0], [0, 1], () => 0)
  const sheet: Sheet = {
    title: 'PCA, L0',
    plots: [{ name: 'A <b> & c', dots }],
    legend: [{ name: 'Hair', colour: '#000000', shape: 'M0 0' }],
  }
  const text = sheetSvg(sheet)
  expect(text.match(/<path /g)).toHaveLength(3)
  expect(text).toContain('A &lt;b&gt; &amp; c')
})
