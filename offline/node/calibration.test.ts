import { describe, expect, it } from 'vitest'
import { measureOffsets, NO_OFFSETS, type Offsets, parseCalibration } from '../../src/faces/calibration'
import stored from '../../src/faces/calibration.json'
import { eyeDistance, type Landmarks68, parseLandmark68, pointAt } from '../../src/faces/landmarks'
import meanFace from '../../src/faces/meanFace.json'
import { faceError } from './landmarkError'
import { isValidationName } from './split'

const mean = parseLandmark68(meanFace, 'mean face')
const scaled = (factor: number): Landmarks68 => mean.map(([x, y]) => [x * factor, y * factor] as const)
/** What a detector sees that is off by these offsets. */
const seenThrough = (face: Landmarks68, offsets: Offsets): Landmarks68 =>
  face.map(([x, y], i) => [x + pointAt(offsets, i)[0] * eyeDistance(face), y + pointAt(offsets, i)[1] * eyeDistance(face)] as const)
const planted: Offsets = mean.map((_, i) => [0.002 * i, -0.1 + 0.001 * i] as const)

describe('measureOffsets', () => {
  it('finds the offsets of a detector, whatever the size of the faces', () => {
    const faces = [1, 0.5, 0.8].map((factor) => ({ annotated: scaled(factor), detected: seenThrough(scaled(factor), planted) }))
    measureOffsets(faces).forEach(([x, y], i) => {
      expect(x).toBeCloseTo(pointAt(planted, i)[0], 10)
      expect(y).toBeCloseTo(pointAt(planted, i)[1], 10)
    })
  })

  it('leaves no error of its own on a face that it has not seen', () => {
    const offsets = measureOffsets([{ annotated: mean, detected: seenThrough(mean, planted) }])
    const other = { annotated: scaled(0.7), detected: seenThrough(scaled(0.7), planted) }
    expect(faceError(other, NO_OFFSETS).average).toBeGreaterThan(5)
    expect(faceError(other, offsets).average).toBeCloseTo(0, 8)
  })

  it('averages over faces and refuses none', () => {
    const shifted = (by: number) => ({ annotated: mean, detected: mean.map(([x, y]) => [x + by * eyeDistance(mean), y] as const) })
    expect(measureOffsets([shifted(0.1), shifted(-0.04)])[30]?.[0]).toBeCloseTo(0.03, 10)
    expect(() => measureOffsets([])).toThrow('at least one')
  })
})

describe('the stored calibration', () => {
  it('fits its detector and was made on training faces alone', () => {
    const calibration = parseCalibration(stored, stored.detector)
    expect(calibration.offsets).toHaveLength(68)
    expect(calibration.names.length).toBeGreaterThanOrEqual(50)
    expect(calibration.names.filter(isValidationName)).toEqual([])
  })

  it('is refused for another detector, or when it is no calibration', () => {
    expect(() => parseCalibration(stored, 'human 4')).toThrow('--calibrate')
    expect(() => parseCalibration(null, 'human 3')).toThrow('--calibrate')
    expect(() => parseCalibration({ ...stored, offsets: [] }, stored.detector)).toThrow('68')
  })
})
