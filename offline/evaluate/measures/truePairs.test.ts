import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import type { RgbaImage } from '../../../src/shared/image'
import type { FamilyPicture, TrueEdit } from '../data/families'
import { paintedSubject } from './testSubject'
import { changeFigure, changeSample, regionOf, truePairs } from './truePairs'

const SIZE = 256
const MOUTH = { part: 'mouth', how: 'smile' } as const

/** Grey, with a square of another grey in the middle of the mouth. */
function picture(grey: number, mouth = grey): RgbaImage {
  const data = new Uint8ClampedArray(SIZE * SIZE * 4).fill(grey)
  for (let y = 180; y < 200; y++) data.fill(mouth, 4 * (y * SIZE + 110), 4 * (y * SIZE + 146))
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  return { width: SIZE, height: SIZE, data }
}

const face: FamilyPicture = { name: '1', landmark68: MEAN_LANDMARKS, photoPath: '', maskPath: '', strands: { hair: [], beard: [] } }
const edit: TrueEdit = { ...face, ...MOUTH, landmark68: MEAN_LANDMARKS.map(([x, y], i) => (i >= 48 ? [x, y + 0.01] : [x, y])) }
const region = regionOf(face, edit)
const photos = { before: picture(100), after: picture(100, 160) }

const followed = (after: RgbaImage) => changeFigure([changeSample(MOUTH, photos, { before: picture(100), after }, region)])

describe('true pairs', () => {
  it('give 1 to the same change, the share to a smaller one and 0 to none', () => {
    expect(followed(photos.after)?.followed).toBeCloseTo(1, 10)
    expect(followed(photos.after)?.correlation).toBeCloseTo(1, 10)
    expect(followed(picture(100, 130))?.followed).toBeCloseTo(0.5, 10)
    expect(followed(photos.before)?.followed).toBe(0)
  })

  it('do not take a change of another kind for the true one', () => {
    const figure = followed(picture(130))
    expect(figure?.correlation).toBeLessThan(0.7)
    expect(figure?.outside).toBeCloseTo(30, 10)
  })

  it('count what changes outside the part', () => {
    expect(followed(photos.after)?.outside).toBe(0)
    expect(region[190 * SIZE + 128]).toBe(255)
    expect(region[100 * SIZE + 128]).toBe(0)
  })

  it('weigh every pixel of several pairs alike', () => {
    const small = changeSample(
      MOUTH,
      { before: picture(100), after: picture(100, 110) },
      { before: picture(100), after: picture(100) },
      region,
    )
    const large = changeSample(MOUTH, photos, { before: picture(100), after: photos.after }, region)
    expect(changeFigure([small, large])?.followed).toBeGreaterThan(0.95)
    expect(changeFigure([])).toBeNull()
  })

  it('say what is missing', async () => {
    const { rows, remarks } = await truePairs.run(paintedSubject([]))
    expect(rows).toEqual([])
    expect(remarks[0]).toContain('--edits')
  })
})
