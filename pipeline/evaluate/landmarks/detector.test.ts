import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import stored from '../calibration.json'
import { encodePng, greyToRgba } from '../data/image'
import { cachedPhotoDetector } from './detectionCache'
import { type LandmarkDetector, loadDetector } from './detector'

const paper = greyToRgba(new Uint8Array(256 * 256).fill(255), 256)
let folder = ''
let detector: LandmarkDetector
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'detector-'))
  detector = await loadDetector()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the landmark detector', () => {
  it('is the one that the stored calibration was made with', () => {
    expect(detector.id).toBe(stored.detector)
  })

  it('finds no face on paper', async () => {
    expect(await detector.detect(paper)).toBeNull()
  })
})

describe('cachedPhotoDetector', () => {
  it('asks the detector once for a photo, in this run and the next', async () => {
    const photo = path.join(folder, 'paper.png')
    writeFileSync(photo, encodePng(paper))
    const cacheFile = path.join(folder, 'cache/detections.json')
    let asked = 0
    const counting: LandmarkDetector = {
      id: detector.id,
      detect(image) {
        asked++
        return detector.detect(image)
      },
    }
    const first = cachedPhotoDetector(counting, cacheFile)
    await first.detectPhoto(photo)
    await first.detectPhoto(photo)
    first.save()
    expect(await cachedPhotoDetector(counting, cacheFile).detectPhoto(photo)).toBeNull()
    expect(asked).toBe(1)
  })

  it('begins anew after other settings or with a broken file', async () => {
    const photo = path.join(folder, 'paper.png')
    const cacheFile = path.join(folder, 'cache/detections.json')
    expect(readFileSync(cacheFile, 'utf8')).toContain(detector.id)
    const other = cachedPhotoDetector({ id: 'another', detect: async () => [] }, cacheFile)
    expect(await other.detectPhoto(photo)).toEqual([])
    writeFileSync(cacheFile, '{"detector":')
    expect(await cachedPhotoDetector(detector, cacheFile).detectPhoto(photo)).toBeNull()
  })
})
