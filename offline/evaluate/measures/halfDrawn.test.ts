import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { STAGES, stageLandmarks, stageLines } from './halfDrawn'

/** A person whose whole face sits a little to the right of the mean face. */
const person = MEAN_LANDMARKS.map(([x, y]) => [x + 0.02, y] as const)
const stage = (id: string) => {
  const found = STAGES.find((each) => each.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('stageLines', () => {
  it('draws the whole mean face on an empty page', () => {
    expect(stageLines(person, stage('empty page'))).toHaveLength(13)
  })

  it('draws the person where a part is drawn and the mean face where it is missing', () => {
    const lines = stageLines(person, stage('jaw'))
    const starts = lines.map(([x = 0, y = 0]) => `${x.toFixed(3)},${y.toFixed(3)}`)
    const start = (landmarks: typeof person | typeof MEAN_LANDMARKS, i: number) =>
      `${(512 * (landmarks[i]?.[0] ?? 0)).toFixed(3)},${(512 * (landmarks[i]?.[1] ?? 0)).toFixed(3)}`
    expect(starts).toContain(start(person, 0))
    expect(starts).not.toContain(start(MEAN_LANDMARKS, 0))
    expect(starts).toContain(start(MEAN_LANDMARKS, 17))
    expect(lines).toHaveLength(13)
  })

  it('draws only the person without stand-ins', () => {
    expect(stageLines(person, stage('no stand-ins: jaw, eyes'))).toHaveLength(1 + 4)
  })
})

describe('stageLandmarks', () => {
  it('expects the person where a part is drawn and the mean face elsewhere', () => {
    const expected = stageLandmarks(person, stage('left eye'))
    expect(expected.slice(36, 42)).toEqual(person.slice(36, 42))
    expect(expected.slice(0, 36)).toEqual(MEAN_LANDMARKS.slice(0, 36))
    expect(expected.slice(42)).toEqual(MEAN_LANDMARKS.slice(42))
  })
})
