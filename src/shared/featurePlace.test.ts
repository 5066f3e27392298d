import { describe, expect, it } from 'vitest'
import { cellOf, ENCODER_LAYERS, EYE_CORNER, receptiveField, receptiveFieldPx } from './featurePlace'

const layers = Array.from({ length: ENCODER_LAYERS }, (_, layer) => layer)

describe('places in feature maps', () => {
  it('are the thesis’s at 512', () => {
    expect(layers.map((layer) => cellOf(EYE_CORNER, 512, 512 / 2 ** layer))).toEqual([
      [170, 250],
      [85, 125],
      [43, 63],
      [22, 32],
      [11, 16],
    ])
  })

  it('stay inside the map', () => {
    expect(cellOf([1, 1], 128, 8)).toEqual([7, 7])
    expect(cellOf([-1, 0], 128, 8)).toEqual([0, 0])
  })
})

describe('receptive fields', () => {
  it('are the thesis’s', () => {
    expect(layers.map(receptiveFieldPx)).toEqual([7, 9, 13, 21, 37])
  })

  it('lie round the place, and each within the next', () => {
    const boxes = layers.map((layer) => receptiveField(EYE_CORNER, 256, layer))
    for (const [layer, { left, right, top, bottom }] of boxes.entries()) {
      expect(right - left).toBeCloseTo(receptiveFieldPx(layer) / 256)
      expect(left <= EYE_CORNER[0] && EYE_CORNER[0] <= right && top <= EYE_CORNER[1] && EYE_CORNER[1] <= bottom).toBe(true)
      const outer = boxes[layer + 1]
      if (outer) expect(outer.left <= left && outer.top <= top && outer.right >= right && outer.bottom >= bottom).toBe(true)
    }
  })
})
