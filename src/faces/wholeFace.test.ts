import { describe, expect, it } from 'vitest'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type Landmarks68, mirrorLandmarks, type Point, pointAt } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import learnt from './shapeDirections.json' with { type: 'json' }
import { sampleShape } from './shapeSampler'
import { about, applyTo } from './similarity'
import { CHANGES, changedLandmarks, isUnchanged, QUALITIES } from './wholeFace'

const distance = (landmarks: Landmarks68, a: number, b: number): number =>
  Math.hypot(pointAt(landmarks, a)[0] - pointAt(landmarks, b)[0], pointAt(landmarks, a)[1] - pointAt(landmarks, b)[1])
/** Width for height, and width of the jaw for it: what the two directions were measured by. */
const widthOf = (face: Landmarks68): number => distance(face, 1, 15) / distance(face, 27, 8)
const fullnessOf = (face: Landmarks68): number => (distance(face, 4, 12) + distance(face, 5, 11)) / 2 / distance(face, 1, 15)
const lipsOf = (face: Landmarks68): number => distance(face, 51, 62) + distance(face, 66, 57)
const eyesOf = (face: Landmarks68): number => distance(face, 37, 41) + distance(face, 44, 46)

describe('changes of the whole face', () => {
  it('are none for amounts of 0', () => {
    const person = sampleShape(4)
    expect(isUnchanged({})).toBe(true)
    expect(isUnchanged({ age: 0, caricature: 0 })).toBe(true)
    expect(isUnchanged({ age: 0.01 })).toBe(false)
    expect(changedLandmarks(person, {})).toEqual(person)
  })

  it('leave a symmetric face symmetric', () => {
    for (const change of CHANGES) {
      const face = changedLandmarks(MEAN_LANDMARKS, { [change]: 1 })
      mirrorLandmarks(face).forEach(([x, y], i) => {
        const [u, v] = pointAt(face, i)
        expect(Math.hypot(x - u, y - v) * SKETCH_SIZE_PX).toBeLessThan(0.5)
      })
    }
  })

  it('make a face wider, and fuller, each by itself', () => {
    const wide = changedLandmarks(MEAN_LANDMARKS, { width: 1 })
    expect(widthOf(wide) - widthOf(MEAN_LANDMARKS)).toBeCloseTo(0.2, 1)
    expect(Math.abs(fullnessOf(wide) - fullnessOf(MEAN_LANDMARKS))).toBeLessThan(0.02)
    const full = changedLandmarks(MEAN_LANDMARKS, { fullness: 1 })
    expect(fullnessOf(full) - fullnessOf(MEAN_LANDMARKS)).toBeCloseTo(0.09, 2)
    expect(Math.abs(widthOf(full) - widthOf(MEAN_LANDMARKS))).toBeLessThan(0.05)
  })

  it('give an older face thinner lips and narrower eyes, and a younger one fuller ones', () => {
    const [young, old] = [changedLandmarks(MEAN_LANDMARKS, { age: -1 }), changedLandmarks(MEAN_LANDMARKS, { age: 1 })]
    for (const measure of [lipsOf, eyesOf]) {
      expect(measure(old)).toBeLessThan(0.85 * measure(MEAN_LANDMARKS))
      expect(measure(young)).toBeGreaterThan(1.15 * measure(MEAN_LANDMARKS))
    }
  })

  it('give a man lower brows, and a large jaw a lower chin', () => {
    const y = (face: Landmarks68, index: number): number => pointAt(face, index)[1] - pointAt(MEAN_LANDMARKS, index)[1]
    expect(y(changedLandmarks(MEAN_LANDMARKS, { sex: 1 }), 19) * SKETCH_SIZE_PX).toBeGreaterThan(5)
    expect(y(changedLandmarks(MEAN_LANDMARKS, { jaw: 1 }), 8) * SKETCH_SIZE_PX).toBeGreaterThan(10)
    expect(y(changedLandmarks(MEAN_LANDMARKS, { low: 1 }), 57) * SKETCH_SIZE_PX).toBeGreaterThan(7)
  })

  it('add up', () => {
    const one = changedLandmarks(changedLandmarks(MEAN_LANDMARKS, { age: 0.5 }), { width: -0.5 })
    const both = changedLandmarks(MEAN_LANDMARKS, { age: 0.5, width: -0.5 })
    both.forEach((point, i) => {
      expect(point).toEqual(pointAt(one, i).map((value) => expect.closeTo(value, 12)))
    })
  })

  it('exaggerate what is the face’s own: twice its difference at 1, the mean face where it lies at −1', () => {
    const mean = MEAN_LANDMARKS
    const turned = about([0.5, 0.5], 0.8, 12, [0.05, 0])
    const place = (landmarks: Landmarks68): Point[] => landmarks.map((point) => applyTo(turned, point))
    // A difference that a similarity cannot explain: the mouth wider by as much on both sides.
    const wide = mean.map(([x, y], i): Point => (i === 48 ? [x - 0.02, y] : i === 54 ? [x + 0.02, y] : [x, y]))
    const more = changedLandmarks(place(wide), { caricature: 1 })
    expect(distance(more, 48, 54) / 0.8 - distance(mean, 48, 54)).toBeCloseTo(0.08, 2)
    const less = changedLandmarks(place(wide), { caricature: -1 })
    less.forEach((point, i) => {
      const [x, y] = applyTo(turned, pointAt(mean, i))
      expect(Math.hypot(point[0] - x, point[1] - y) * SKETCH_SIZE_PX).toBeLessThan(1)
    })
    expect(changedLandmarks(mean, { caricature: 1 })).toEqual(mean.map((point) => point.map((value) => expect.closeTo(value, 12))))
  })

  it('come from directions that say what they are and how much they tell', () => {
    expect(learnt.directions.map(({ id }) => id)).toEqual([...QUALITIES])
    for (const { id, px, readable, shapeShare } of learnt.directions) {
      expect(px).toHaveLength(136)
      expect(readable === null).toBe(!['age', 'sex'].includes(id))
      expect(shapeShare).toBeLessThan(0.5)
    }
    expect(learnt.faces).toBeGreaterThan(1000)
    expect(learnt.modesExplained.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.9)
  })
})
