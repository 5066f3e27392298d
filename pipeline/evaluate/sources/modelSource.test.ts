import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { LookField } from '../../../src/faces/look'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import stored from '../calibration.json'
import { contourSketch } from '../contour'
import { parseCalibration } from '../landmarks/calibration'
import { loadDetector } from '../landmarks/detector'
import { faceError } from '../landmarks/landmarkError'
import { modelSource, withDefaults } from './modelSource'

const fields: LookField[] = [
  { id: 'age', kind: 'scalar', min: 18, max: 80, default: 32 },
  { id: 'beard', kind: 'choice', options: ['none', 'full'], default: 'none' },
]

describe('withDefaults', () => {
  it('fills what a look leaves out, keeps what it leaves open and drops what the model does not know', () => {
    expect(withDefaults({ beard: null, smile: 1 }, fields)).toEqual({ age: 32, beard: null })
    expect(withDefaults({ age: 60 }, fields)).toEqual({ age: 60, beard: 'none' })
  })
})

describe('modelSource', () => {
  it('says which model is missing where', async () => {
    await expect(modelSource('/no/models', 'live')).rejects.toThrow('There is no model "live" in /no/models.')
  })
  it('makes of the mean contour a face that the detector finds near it', async () => {
    const detector = await loadDetector()
    const source = await modelSource(fileURLToPath(new URL('../../../public/models', import.meta.url)), 'live')
    const face = await source.generate({ name: '', sketch: contourSketch(MEAN_LANDMARKS, source.sizePx), look: {} })
    const detected = face && (await detector.detect(face))
    expect(detected).not.toBeNull()
    if (!detected) return
    const { offsets } = parseCalibration(stored, detector.id)
    expect(faceError({ annotated: MEAN_LANDMARKS, detected }, offsets).average).toBeLessThan(6)
  })
})
