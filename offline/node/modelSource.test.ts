import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseCalibration } from '../../src/faces/calibration'
import stored from '../../src/faces/calibration.json'
import type { LookField } from '../../src/faces/look'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import { greyToRgba, meanChange, type RgbaImage } from '../../src/shared/image'
import { contourSketch } from './contour'
import { loadDetector } from './detector'
import { faceError } from './landmarkError'
import { modelSource, withDefaults } from './modelSource'

const MODELS = fileURLToPath(new URL('../../public/models', import.meta.url))

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
    const source = await modelSource(MODELS, 'live')
    const face = await source.generate({
      name: '',
      sketch: contourSketch(MEAN_LANDMARKS, source.sizePx),
      look: {},
      tolerance: null,
      hold: null,
    })
    const detected = face && (await detector.detect(face))
    expect(detected).not.toBeNull()
    if (!detected) return
    const { offsets } = parseCalibration(stored, detector.id)
    expect(faceError({ annotated: MEAN_LANDMARKS, detected: detected.landmark68 }, offsets).average).toBeLessThan(6)
  })

  it('keeps the statistics of a held sketch, so that less changes elsewhere', async () => {
    const source = await modelSource(MODELS, 'live')
    const look = {}
    const sketch = contourSketch(MEAN_LANDMARKS, source.sizePx)
    const request = { name: '', sketch, look, tolerance: null, hold: null }
    const base = await source.generate(request)
    const held = await source.generate({ ...request, hold: { id: 'mean', sketch } })
    const blank = contourSketch(MEAN_LANDMARKS, source.sizePx).fill(255)
    const heldToPaper = await source.generate({ ...request, hold: { id: 'paper', sketch: blank } })
    const change = (a: RgbaImage | null, b: RgbaImage | null) => meanChange(a ?? greyToRgba([0], 1), b ?? greyToRgba([0], 1))
    expect(change(base, held)).toBeLessThan(0.01)
    expect(change(base, heldToPaper)).toBeGreaterThan(1)
    source.dispose()
  })
})
