import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { SKETCH_SIZE_PX } from '../shared/units'
import { averageFace, averageShape, type FaceMember } from './averageFace'
import type { Landmarks68 } from './landmarks'
import { contoursOf, MEAN_LANDMARKS } from './meanFace'
import { MEAN_FACE_PARTS, type PartLine } from './parts'
import { sampleShape } from './shapeSampler'
import { about, applyTo, IDENTITY, inverse, type Point } from './similarity'
import { drawn, withPressure } from './testStrokes'

const SIZE_PX = 64

const strokesOf = (landmarks: Landmarks68): PartLine[] => contoursOf(landmarks).map(({ part, points }) => drawn(part, withPressure(points)))

function member(landmarks: Landmarks68, pixels: Uint8ClampedArray, more: Partial<FaceMember> = {}): FaceMember {
  return { document: { strokes: strokesOf(landmarks) }, placement: IDENTITY, pixels, sizePx: SIZE_PX, ...more }
}

function noise(seed: number): Uint8ClampedArray {
  const random = mulberry32(seed)
  return Uint8ClampedArray.from({ length: SIZE_PX * SIZE_PX * 4 }, (_, i) => (i % 4 === 3 ? 255 : 256 * random()))
}

const grey = (value: number): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: SIZE_PX * SIZE_PX * 4 }, (_, i) => (i % 4 === 3 ? 255 : value))

/** Black, with a white square of 8 pixels. */
function square(left: number, top: number): Uint8ClampedArray {
  return grey(0).map((value, i) => {
    const [x, y] = [(i >> 2) % SIZE_PX, Math.floor((i >> 2) / SIZE_PX)]
    return x >= left && x < left + 8 && y >= top && y < top + 8 ? 255 : value
  })
}

const shifted = (landmarks: Landmarks68, x: number, y: number): Landmarks68 => landmarks.map(([u, v]): Point => [u + x, v + y])

describe('the average face', () => {
  it('of a face with itself is itself, in every pixel', () => {
    const person = sampleShape(3)
    const picture = noise(1)
    const average = averageFace([member(person, picture), member(person, picture), member(person, picture)])
    expect([...average.pixels]).toEqual([...picture])
    const alone = averageFace([member(person, picture)])
    expect(average.lines.map(({ part }) => part)).toEqual(contoursOf(person).map(({ part }) => part))
    average.lines.forEach((line, i) => {
      expect(line.points).toEqual(alone.lines[i]?.points.map((value) => expect.closeTo(value, 6)))
    })
  })

  it('averages light: black and white are the grey that sends half of the light', () => {
    const { pixels } = averageFace([member(MEAN_LANDMARKS, grey(0)), member(MEAN_LANDMARKS, grey(255))])
    // 1.055 · 0.5^(1/2.4) − 0.055 = 0.7354 of 255.
    expect([...pixels.slice(0, 4)]).toEqual([188, 188, 188, 255])
  })

  it('of two squares that were shifted with their faces is one square halfway, without ghosts', () => {
    const [dx, dy] = [4 / SIZE_PX, 2 / SIZE_PX]
    const left = member(shifted(MEAN_LANDMARKS, -dx, -dy), square(24, 34), { landmarks: shifted(MEAN_LANDMARKS, -dx, -dy) })
    const right = member(shifted(MEAN_LANDMARKS, dx, dy), square(32, 38), { landmarks: shifted(MEAN_LANDMARKS, dx, dy) })
    const { pixels, landmarks } = averageFace([left, right])
    expect([...pixels]).toEqual([...square(28, 36)])
    landmarks.forEach((point, i) => {
      expect(point).toEqual(MEAN_LANDMARKS[i]?.map((value) => expect.closeTo(value, 12)))
    })
  })

  it('takes its shape and its size from all: what was turned and scaled is brought onto each other first', () => {
    const person = sampleShape(5)
    const moves = [about([0.5, 0.5], 0.9, 8, [0.01, 0]), about([0.5, 0.5], 0.9, -8, [-0.01, 0])]
    const average = averageShape(moves.map((move) => person.map((point) => applyTo(move, point))))
    // Two mirrored turns: upright, and only as much smaller as both were, times the cosine that their plain mean has lost.
    const size = 0.9 * Math.cos((8 * Math.PI) / 180)
    average.forEach((point, i) => {
      const expected = applyTo(about([0.5, 0.5], size, 0, [0, 0]), person[i] ?? [0, 0])
      expect(point).toEqual(expected.map((value) => expect.closeTo(value, 3)))
    })
  })

  it('finds the landmarks in the drawing, where it was placed', () => {
    const placement = about([256, 256], 1.25, 10, [20, -8])
    const back = inverse(placement)
    const elsewhere = strokesOf(MEAN_LANDMARKS).map(({ part, points }) => {
      const moved = Array.from({ length: points.length / 3 }, (_, i) => [
        ...applyTo(back, [points[3 * i] ?? 0, points[3 * i + 1] ?? 0]),
        0.5,
      ])
      return drawn(part, moved.flat())
    })
    const picture = noise(2)
    const { landmarks, pixels } = averageFace([member(MEAN_LANDMARKS, picture, { document: { strokes: elsewhere }, placement })])
    landmarks.forEach(([x, y], i) => {
      const [u, v] = MEAN_LANDMARKS[i] ?? [0, 0]
      expect(Math.hypot(x - u, y - v) * SKETCH_SIZE_PX).toBeLessThan(0.5)
    })
    expect([...pixels]).toEqual([...picture])
  })

  it('covers the picture, whatever the four faces are like', () => {
    for (let seed = 0; seed < 6; seed++) {
      const people = [1, 2, 3, 4].map((k) => sampleShape(10 * seed + k))
      const { pixels } = averageFace(people.map((person) => member(person, grey(90))))
      expect([...pixels]).toEqual([...grey(90)])
    }
  })

  it('has lines of every part that a member shows', () => {
    const without = member(MEAN_LANDMARKS, grey(0), { document: { strokes: [], leftOut: ['nose', 'jaw'] } })
    const partly = member(MEAN_LANDMARKS, grey(0), { document: { strokes: [], leftOut: ['nose'] } })
    const parts = (members: FaceMember[]): string[] => [...new Set(averageFace(members).lines.map(({ part }) => part))]
    expect(parts([without, partly])).toEqual(MEAN_FACE_PARTS.filter((part) => part !== 'nose'))
    expect(parts([without, member(MEAN_LANDMARKS, grey(0))])).toEqual([...MEAN_FACE_PARTS])
  })

  it('takes pictures of several sizes, and refuses one that is not as large as it says', () => {
    const small = { ...member(MEAN_LANDMARKS, new Uint8ClampedArray(32 * 32 * 4).fill(255)), sizePx: 32 }
    const { pixels, sizePx } = averageFace([small, member(MEAN_LANDMARKS, grey(255))])
    expect(sizePx).toBe(SIZE_PX)
    expect(pixels.every((value) => value === 255)).toBe(true)
    expect(() => averageFace([{ ...small, sizePx: 31 }])).toThrow(RangeError)
    expect(() => averageFace([])).toThrow(RangeError)
  })
})
