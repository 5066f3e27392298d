import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../shared/image'
import { REGION } from './masks/regionMask'
import { MEAN_LANDMARKS } from './meanFace'
import { lookOfPhoto } from './photoLook'

const SIZE = 64
const COLOURS: Readonly<Record<number, readonly [number, number, number]>> = {
  [REGION.unknown]: [10, 20, 30],
  [REGION.skin]: [180, 140, 120],
  [REGION.hair]: [60, 40, 30],
}
const mask = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
  const y = Math.floor(i / SIZE)
  return y < 10 ? REGION.unknown : y < 20 ? REGION.hair : REGION.skin
})

function photo(lightOf: (x: number) => number = () => 1): RgbaImage {
  const data = new Uint8ClampedArray(SIZE * SIZE * 4).fill(255)
  for (const [i, region] of mask.entries()) {
    for (const [channel, value] of (COLOURS[region] ?? []).entries()) data[4 * i + channel] = value * lightOf(i % SIZE)
  }
  return { width: SIZE, height: SIZE, data }
}

describe('the look of a photo', () => {
  it('has its colours, and leaves open what is not known', () => {
    const look = lookOfPhoto(photo(), mask, MEAN_LANDMARKS)
    expect(look).toMatchObject({ skinColour: [180, 140, 120], hairColour: [60, 40, 30], background: [10, 20, 30], lightSide: 0 })
    expect([look.sex, look.age, look.hairStyle, look.beard, look.eyeColour]).toEqual([null, null, null, null, null])
  })

  it('says which side is lit', () => {
    expect(
      lookOfPhoto(
        photo((x) => (x < SIZE / 2 ? 0.5 : 1)),
        mask,
        MEAN_LANDMARKS,
      ).lightSide,
    ).toBeGreaterThan(0.5)
  })

  it('takes what is known, and no colour from a few pixels', () => {
    const look = lookOfPhoto(photo(), new Uint8Array(SIZE * SIZE), MEAN_LANDMARKS, { male: 0.9, age: 40, hair: 'crop' })
    expect(look).toMatchObject({ sex: 0.9, age: 40, hairStyle: 'crop', skinColour: null, hairColour: null })
    expect(() => lookOfPhoto(photo(), new Uint8Array(3), MEAN_LANDMARKS)).toThrow(RangeError)
  })
})
