import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import stored from '../../src/faces/calibration.json'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import { greyToRgba, type RgbaImage } from '../../src/shared/image'
import { contourSketch } from './contour'
import { type LandmarkDetector, loadDetector } from './detector'
import { encodePng } from './imageFiles'
import { modelSource } from './modelSource'
import { photoDetector } from './photoDetector'

const paper = greyToRgba(new Uint8Array(256 * 256).fill(255), 256)
let folder = ''
let detector: LandmarkDetector
let face: RgbaImage
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'detector-'))
  detector = await loadDetector()
  const source = await modelSource(fileURLToPath(new URL('../../public/models', import.meta.url)), 'live')
  const sketch = contourSketch(MEAN_LANDMARKS, source.sizePx)
  face = (await source.generate({ name: '', sketch, look: {}, tolerance: null, hold: null })) ?? paper
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Two copies of a picture side by side, on paper above and below. */
function twice({ width, data }: RgbaImage): RgbaImage {
  const out = new Uint8ClampedArray(4 * width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    const row = data.subarray(y * width * 4, (y + 1) * width * 4)
    for (const left of [0, width]) out.set(row, ((y + width / 2) * 2 * width + left) * 4)
  }
  return { width: 2 * width, height: 2 * width, data: out }
}

describe('the landmark detector', () => {
  it('is the one that the stored calibration was made with', () => {
    expect(detector.id).toBe(stored.detector)
  })

  it('finds no face on paper', async () => {
    expect(await detector.detect(paper)).toBeNull()
    expect(await detector.estimate(paper)).toBeNull()
  })

  it('counts faces and says how certain it is', async () => {
    const one = await detector.detect(face)
    expect(one?.faces).toBe(1)
    expect(one?.score).toBeGreaterThan(0.5)
    expect((await detector.detect(twice(face)))?.faces).toBe(2)
  })

  it('estimates age and sex', async () => {
    const person = await detector.estimate(face)
    expect(person?.ageYears).toBeGreaterThan(5)
    expect(person?.ageYears).toBeLessThan(90)
    expect(Math.abs((person?.male ?? 9) - 0.5)).toBeLessThanOrEqual(0.5)
  })
})

describe('photoDetector', () => {
  it('asks once for a photo and for each change of it', async () => {
    const photo = path.join(folder, 'paper.png')
    writeFileSync(photo, encodePng(paper))
    let asked = 0
    const counting: LandmarkDetector = {
      ...detector,
      detect(image) {
        asked++
        return detector.detect(image)
      },
    }
    const first = photoDetector(counting, folder)
    await first.detectPhoto(photo)
    expect(await first.detectChanged(photo, 'as a face', () => face)).not.toBeNull()
    first.save()
    const second = photoDetector(counting, folder)
    expect(await second.detectPhoto(photo)).toBeNull()
    expect((await second.detectChanged(photo, 'as a face', () => paper))?.faces).toBe(1)
    expect(asked).toBe(2)
  })
})
