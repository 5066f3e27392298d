import { describe, expect, it } from 'vitest'
import {
  type AugmentationDraw,
  augmented,
  augmentedClasses,
  augmentedPoints,
  drawAugmentation,
  NO_AUGMENTATION,
  type PlainPicture,
  STANDARD_AUGMENTATION,
} from './augment'
import { mulberry32 } from './rng'

const SIZE = 32
const noise: PlainPicture = {
  sizePx: SIZE,
  channels: 3,
  data: Uint8ClampedArray.from({ length: SIZE * SIZE * 3 }, (_, i) => (i * 2654435761) % 251),
}
/** White paper with one black pixel. */
const dot = (x: number, y: number): PlainPicture => {
  const data = new Uint8ClampedArray(SIZE * SIZE).fill(255)
  data[y * SIZE + x] = 0
  return { sizePx: SIZE, channels: 1, data }
}
const STILL = drawAugmentation(NO_AUGMENTATION, () => 0.75)
const darkest = (data: Uint8ClampedArray, sizePx: number) => {
  const at = data.indexOf(Math.min(...data))
  return [at % sizePx, Math.floor(at / sizePx)]
}

describe('augmentation', () => {
  it('leaves a picture as it is where nothing is asked for', () => {
    expect(augmented(noise, 'photo', STILL, SIZE)).toEqual(noise.data)
  })

  it('cuts a piece of whole pixels', () => {
    const draw: AugmentationDraw = { ...STILL, piece: [1, 0.5] }
    const piece = augmented(noise, 'picture', draw, SIZE, 8)
    const row = [...noise.data.slice((12 * SIZE + 24) * 3, (12 * SIZE + 32) * 3)]
    expect([...piece.slice(0, 24)]).toEqual(row)
  })

  it('mirrors exactly, and twice is once', () => {
    const draw: AugmentationDraw = { ...STILL, mirrored: true }
    const once = augmented(noise, 'photo', draw, SIZE)
    expect([...once.slice(0, 3)]).toEqual([...noise.data.slice((SIZE - 1) * 3, SIZE * 3)])
    expect(augmented({ ...noise, data: once }, 'photo', draw, SIZE)).toEqual(noise.data)
  })

  it('moves a sketch to the right and down, and turns it clockwise, on white paper; the photo stays', () => {
    const moved = augmented(dot(10, 12), 'sketch', { ...STILL, shift: [4 / SIZE, 2 / SIZE] }, SIZE)
    expect(darkest(moved, SIZE)).toEqual([14, 14])
    expect(moved.filter((value) => value < 255)).toHaveLength(1)
    const turned = augmented(dot(16, 4), 'sketch', { ...STILL, turnRadians: Math.PI / 2 }, SIZE)
    expect(darkest(turned, SIZE)).toEqual([27, 16])
    expect(augmented(noise, 'photo', { ...STILL, shift: [0.2, 0.2], turnRadians: 1 }, SIZE)).toEqual(noise.data)
  })

  it('changes the light of photos alone', () => {
    const grey: PlainPicture = { ...noise, data: new Uint8ClampedArray(noise.data.length).fill(100) }
    const draw: AugmentationDraw = { ...STILL, gains: [1.2, 1, 0.5] }
    expect([...augmented(grey, 'photo', draw, SIZE).slice(0, 3)]).toEqual([120, 100, 50])
    expect([...augmented(grey, 'picture', draw, SIZE).slice(0, 3)]).toEqual([100, 100, 100])
  })

  it('stays within its settings, and is the same for the same numbers', () => {
    const draws = Array.from({ length: 500 }, (_, seed) => drawAugmentation(STANDARD_AUGMENTATION, mulberry32(seed)))
    expect(drawAugmentation(STANDARD_AUGMENTATION, mulberry32(7))).toEqual(draws[7])
    const most = (of: (draw: AugmentationDraw) => number) => Math.max(...draws.map((draw) => Math.abs(of(draw))))
    const { shiftPx, turnDegrees, crop, colour, light } = STANDARD_AUGMENTATION
    expect(most(({ shift }) => shift[0]) / (shiftPx / 512)).toSatisfy((share: number) => share > 0.95 && share <= 1)
    expect(most(({ turnRadians }) => turnRadians) / ((turnDegrees * Math.PI) / 180)).toSatisfy(
      (share: number) => share > 0.95 && share <= 1,
    )
    expect(most(({ side }) => 1 - side)).toSatisfy((cut: number) => cut > 0.9 * crop && cut <= crop)
    expect(most(({ gains }) => Math.log(gains[1]))).toSatisfy((gain: number) => gain > 0.7 * (colour + light) && gain <= colour + light)
    expect(draws.every(({ left, top, side }) => left >= 0 && left + side <= 1 && top >= 0 && top + side <= 1)).toBe(true)
    expect(draws.filter(({ mirrored }) => mirrored).length).toSatisfy((count: number) => count > 200 && count < 300)
  })

  it('moves points and classes as it moves the picture under them', () => {
    const draw: AugmentationDraw = { ...STILL, mirrored: true, side: 0.5, left: 0.25, top: 0.375 }
    const classes = new Uint8Array(SIZE * SIZE)
    classes[20 * SIZE + 12] = 5
    const moved = augmentedClasses(classes, SIZE, draw, 2 * SIZE)
    // A pixel of 4 × 4 in twice the size, of a half.
    const places = [...moved.keys()].filter((i) => moved[i] === 5).map((i) => [i % (2 * SIZE), Math.floor(i / (2 * SIZE))] as const)
    expect(places).toHaveLength(16)
    const middle = [0, 1].map((axis) => places.reduce((sum, place) => sum + (place[axis] as number) + 0.5, 0) / places.length / (2 * SIZE))
    const [x, y] = augmentedPoints([12.5 / SIZE, 20.5 / SIZE], draw)
    expect(middle[0]).toBeCloseTo(x as number, 9)
    expect(middle[1]).toBeCloseTo(y as number, 9)
  })
})
