import { describe, expect, it } from 'vitest'
import { augmented, drawAugmentation, NO_AUGMENTATION, STANDARD_AUGMENTATION } from '../../../shared/augment'
import { mulberry32, seedOf } from '../../../shared/rng'
import { drawnExample } from './preview'

const SIZES = { sizePx: 16, cropPx: 8 }
const KINDS = { a: 'photo', b: 'picture' } as const
const random = mulberry32(3)
const picture = { sizePx: 16, channels: 3, data: Uint8ClampedArray.from({ length: 3 * 16 ** 2 }, () => 256 * random()) } as const
const example = { a: picture, b: picture }
const rgb = (rgba: ArrayLike<number> | null) => Array.from(rgba ?? []).filter((_, i) => i % 4 < 3)

describe('the preview', () => {
  it('is what the trainer’s functions make, one draw for both sides', () => {
    const drawn = drawnExample(example, STANDARD_AUGMENTATION, KINDS, SIZES, [5, 2])
    const draw = drawAugmentation(STANDARD_AUGMENTATION, mulberry32(seedOf(5, 2)))
    expect(rgb(drawn.a)).toEqual([...augmented(picture, 'photo', draw, 16, 8)])
    expect(rgb(drawn.b)).toEqual([...augmented(picture, 'picture', draw, 16, 8)])
    expect(drawn.a?.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
  })

  it('differs by seed and place, and changes a sketch alone when it is shifted', () => {
    const at = (seed: number, place: number) => rgb(drawnExample(example, STANDARD_AUGMENTATION, KINDS, SIZES, [seed, place]).a)
    expect(at(1, 0)).not.toEqual(at(2, 0))
    expect(at(1, 0)).not.toEqual(at(1, 1))
    const shifted = (kinds: typeof KINDS | { a: 'sketch'; b: 'photo' }) =>
      drawnExample(example, { ...NO_AUGMENTATION, shiftPx: 100 }, kinds, SIZES, [1, 0])
    const still = drawnExample(example, NO_AUGMENTATION, KINDS, SIZES, [1, 0])
    expect(shifted(KINDS)).toEqual(still)
    expect(rgb(shifted({ a: 'sketch', b: 'photo' }).a)).not.toEqual(rgb(still.a))
    expect(rgb(shifted({ a: 'sketch', b: 'photo' }).b)).toEqual(rgb(still.b))
  })

  it('leaves the side empty that an unpaired picture has not', () => {
    expect(drawnExample({ a: picture, b: null }, NO_AUGMENTATION, KINDS, SIZES, [1, 0]).b).toBeNull()
  })
})
