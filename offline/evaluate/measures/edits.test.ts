import { describe, expect, it } from 'vitest'
import { eyeDistance, pointAt } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { applyEdit, EDITS, type EditSample, editFigure } from './edits'

const edit = (id: string) => {
  const found = EDITS.find((each) => each.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('applyEdit', () => {
  it('moves a part by a share of the eye distance and leaves the rest', () => {
    const edited = applyEdit(MEAN_LANDMARKS, edit('mouth lower'))
    expect(pointAt(edited, 57)[1] - pointAt(MEAN_LANDMARKS, 57)[1]).toBeCloseTo(0.08 * eyeDistance(MEAN_LANDMARKS), 10)
    expect(edited.slice(0, 48)).toEqual(MEAN_LANDMARKS.slice(0, 48))
  })

  it('scales each of two parts about its own centre', () => {
    const edited = applyEdit(MEAN_LANDMARKS, edit('eyes wider open'))
    const opening = (landmarks: typeof MEAN_LANDMARKS, upper: number, lower: number) =>
      pointAt(landmarks, lower)[1] - pointAt(landmarks, upper)[1]
    expect(opening(edited, 37, 41)).toBeCloseTo(1.6 * opening(MEAN_LANDMARKS, 37, 41), 10)
    expect(opening(edited, 43, 47)).toBeCloseTo(1.6 * opening(MEAN_LANDMARKS, 43, 47), 10)
    expect(pointAt(edited, 36)[0]).toBeCloseTo(pointAt(MEAN_LANDMARKS, 36)[0], 10)
  })
})

describe('editFigure', () => {
  const mouth = edit('mouth lower')
  const drawnAfter = applyEdit(MEAN_LANDMARKS, mouth)
  const figure = (seenAfter: EditSample['seenAfter']) =>
    editFigure(mouth, [{ edit: mouth, drawnBefore: MEAN_LANDMARKS, drawnAfter, seenBefore: MEAN_LANDMARKS, seenAfter }])

  it('gives 1 to a face that follows and 0 to one that stays', () => {
    expect(figure(drawnAfter).followed).toBeCloseTo(1, 10)
    expect(figure(MEAN_LANDMARKS).followed).toBe(0)
    expect(figure(drawnAfter).elsewhere).toBe(0)
  })

  it('measures how far the other landmarks went along', () => {
    const unit = eyeDistance(MEAN_LANDMARKS)
    const { followed, elsewhere } = figure(MEAN_LANDMARKS.map(([x, y]) => [x + 0.05 * unit, y] as const))
    expect(elsewhere).toBeCloseTo(5, 10)
    expect(followed).toBeCloseTo(0, 10)
  })

  it('does not care how the detector is off', () => {
    const off = (landmarks: typeof MEAN_LANDMARKS) => landmarks.map(([x, y], i) => [x + 0.001 * i, y - 0.03] as const)
    const { followed, elsewhere } = editFigure(mouth, [
      { edit: mouth, drawnBefore: MEAN_LANDMARKS, drawnAfter, seenBefore: off(MEAN_LANDMARKS), seenAfter: off(drawnAfter) },
    ])
    expect(followed).toBeCloseTo(1, 10)
    expect(elsewhere).toBeCloseTo(0, 10)
  })
})
