import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadFaceFinder } from '../../src/cli/humanInNode'
import { type AlignedSquare, cropToSquare, toPicture, toSquare } from '../../src/faces/alignment'
import type { FaceFinder } from '../../src/faces/faceFinder'
import { REGION } from '../../src/faces/masks/regionMask'
import { storedPrior } from '../../src/faces/masks/regionPrior'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import type { RgbaImage } from '../../src/shared/image'
import { contourSketch } from '../node/contour'
import { modelSource } from '../node/modelSource'
import type { Settings } from './options'
import { type PreparedFace, prepareFace, type Refusal } from './prepareFace'

const SETTINGS: Settings = { sizePx: 256, minFacePx: 160, maxYawDegrees: 30, maxPitchDegrees: 25 }

/** A generated person: no photo of a real one lies in the repository. */
let face: RgbaImage
let finder: FaceFinder
beforeAll(async () => {
  finder = await loadFaceFinder()
  const source = await modelSource(fileURLToPath(new URL('../../public/models', import.meta.url)), 'live')
  const sketch = contourSketch(MEAN_LANDMARKS, source.sizePx)
  const generated = await source.generate({ name: '', sketch, look: {}, tolerance: null, hold: null })
  if (!generated) throw new Error('the live model gave no face')
  face = generated
})

/** A photo of the face where `square` of it is; seen through the inverse of the crop. */
function photoOf(square: AlignedSquare, width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4).fill(170)
  for (let i = 0; i < width * height; i++) {
    const [u, v] = toSquare(square, [(i % width) + 0.5, Math.floor(i / width) + 0.5])
    const [x, y] = [Math.floor(u * face.width), Math.floor(v * face.height)]
    const isFace = x >= 0 && y >= 0 && x < face.width && y < face.height
    if (isFace) data.set(face.data.subarray((y * face.width + x) * 4, (y * face.width + x) * 4 + 3), 4 * i)
    data[4 * i + 3] = 255
  }
  return { width, height, data }
}
const prepare = (photo: RgbaImage, settings = SETTINGS) => prepareFace(photo, finder, storedPrior(), settings)
const prepared = (result: PreparedFace | Refusal): PreparedFace => {
  if ('reason' in result) throw new Error(`refused: ${result.reason} ${result.detail}`)
  return result
}

describe('prepareFace', () => {
  it('cuts a tilted face out of a larger photo as it was put in', async () => {
    const square: AlignedSquare = { centre: [420, 260], halfX: [170, 45] }
    const found = prepared(await prepare(photoOf(square, 800, 600)))
    const straight = await finder.findAligned(face)
    const errors = (straight?.landmarks ?? []).map((point, i) => {
      const [x, y] = toPicture(found.square, found.landmarks[i] ?? [0, 0])
      const [tx, ty] = toPicture(square, point)
      return Math.hypot(x - tx, y - ty) / 350
    })
    expect(errors).toHaveLength(68)
    expect(Math.max(...errors)).toBeLessThan(0.02)
    expect([found.photo.width, found.mask.length, found.facesInPhoto]).toEqual([256, 256 * 256, 1])
    expect(new Set(found.mask)).toContain(REGION.skin)
    expect(Math.abs(found.yawDegrees)).toBeLessThan(8)
  })

  it('takes an aligned picture as it is', async () => {
    const found = prepared(await prepare(face))
    expect(found.square).toEqual({ centre: [128, 128], halfX: [128, 0] })
    expect(Buffer.from(found.photo.data).equals(Buffer.from(face.data))).toBe(true)
  })

  it('takes the largest of several faces and counts them', async () => {
    const photo = photoOf({ centre: [160, 250], halfX: [110, 0] }, 900, 500)
    const large = photoOf({ centre: [620, 250], halfX: [190, 0] }, 900, 500)
    for (let y = 0; y < 500; y++) photo.data.set(large.data.subarray((y * 900 + 400) * 4, (y + 1) * 900 * 4), (y * 900 + 400) * 4)
    const found = prepared(await prepare(photo))
    expect(found.facesInPhoto).toBe(2)
    expect(found.square.centre[0]).toBeGreaterThan(550)
  })

  it('says why a photo gives no face', async () => {
    const reasonOf = async (photo: RgbaImage, settings = SETTINGS) => {
      const result = await prepare(photo, settings)
      return 'reason' in result ? result.reason : null
    }
    expect(await reasonOf({ ...face, data: new Uint8ClampedArray(face.data.length).fill(240) })).toBe('noFace')
    expect(await reasonOf(face, { ...SETTINGS, minFacePx: 300 })).toBe('tooSmall')
    expect(await reasonOf(face, { ...SETTINGS, maxYawDegrees: -1 })).toBe('tooTurned')
    // Half of the face lies beyond the photo.
    expect(await reasonOf(cropToSquare(face, { centre: [64, 128], halfX: [64, 0] }, 256))).toBeOneOf(['cutOff', 'noFace'])
  })
})
