import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { anchorsOf } from './anchors'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import type { Part } from './parts'
import { isIdentity, largestMove, placementOf } from './placement'
import { describePlacement } from './placementWords'
import { about, applyToFlat, compose, IDENTITY, type Similarity } from './similarity'
import type { PartLine } from './standIns'
import { drawnContour, ellipse } from './testStrokes'

const MEAN: readonly PartLine[] = meanFaceContours().map(({ id }) => drawnContour(id))
const moved = (lines: readonly PartLine[], by: Similarity): PartLine[] =>
  lines.map(({ part, points }) => ({ part, points: applyToFlat(by, points, 3) }))
const only = (...parts: readonly Part[]): PartLine[] => MEAN.filter(({ part }) => parts.includes(part))
const shifted = (lines: readonly PartLine[], part: Part, dx: number, dy: number): PartLine[] =>
  lines.map((line) => (line.part === part ? { part, points: applyToFlat({ ...IDENTITY, dx, dy }, line.points, 3) } : line))

const AWAY = about([256, 290], 0.8, 10, [40, -20])
/** The place where the drawing was made, undone. */
const off = (placement: Similarity, by: Similarity): number => largestMove(IDENTITY, compose(placement, by))

describe('the placement of a drawing', () => {
  it('brings a drawing back that was shifted, turned and scaled', () => {
    expect(off(placementOf(moved(MEAN, AWAY)), AWAY)).toBeLessThan(1)
    for (const by of [about([256, 290], 0.55, -12, [-70, 60]), about([256, 290], 1.4, 0, [0, -40]), about([256, 290], 1, 22, [90, 0])]) {
      expect(off(placementOf(moved(MEAN, by)), by)).toBeLessThan(1)
    }
  })

  it('says what it does', () => {
    const words = describePlacement(placementOf(moved(MEAN, about([256, 300], 1.25, 0, [12, 0]))))
    expect(words.scale).toBeCloseTo(0.8, 2)
    expect(words.turnDegrees).toBeCloseTo(0, 1)
    expect(words.rightPx).toBeLessThan(-8)
  })

  it('leaves a drawing made over the mean face exactly where it is', () => {
    expect(isIdentity(placementOf(MEAN))).toBe(true)
    expect(isIdentity(placementOf(moved(MEAN, about([256, 290], 1.01, 1, [2, -2]))))).toBe(true)
  })

  it('takes a part that was moved on purpose for an edit, not for a placement', () => {
    for (const [part, dx, dy] of [
      ['mouth', 0, 30],
      ['nose', 0, -25],
      ['jaw', 0, 40],
      ['leftEye', -20, 0],
      ['rightBrow', 10, -30],
    ] as const) {
      expect(isIdentity(placementOf(shifted(MEAN, part, dx, dy))), part).toBe(true)
    }
  })

  it('keeps a placement in use through an edit, and while it explains the drawing', () => {
    const drawing = moved(MEAN, AWAY)
    const inUse = placementOf(drawing)
    for (const part of ['mouth', 'jaw', 'nose'] as const) expect(placementOf(shifted(drawing, part, 0, 14), inUse)).toBe(inUse)
    expect(placementOf([...drawing, { part: 'hair', points: ellipse(300, 60, 200, 80) }], inUse)).toBe(inUse)
    expect(placementOf([...drawing, { part: 'mouth', points: ellipse(290, 330, 10, 4) }], inUse)).toBe(inUse)
  })

  it('takes eyes set wide apart for wide eyes, not for a large drawing', () => {
    const wide = (lines: readonly PartLine[]): PartLine[] =>
      ['leftEye', 'leftBrow', 'rightEye', 'rightBrow'].reduce<PartLine[]>(
        (all, part) => shifted(all, part as Part, part.startsWith('left') ? -18 : 18, 0),
        [...lines],
      )
    expect(isIdentity(placementOf(wide(only('leftEye', 'rightEye', 'leftBrow', 'rightBrow'))))).toBe(true)
    expect(isIdentity(placementOf(wide(only('leftEye', 'rightEye', 'leftBrow', 'rightBrow', 'nose'))))).toBe(true)
  })

  it('says nothing of two parts, however far away', () => {
    expect(isIdentity(placementOf(moved(only('leftEye', 'mouth'), AWAY)))).toBe(true)
    expect(isIdentity(placementOf([]))).toBe(true)
    expect(isIdentity(placementOf([{ part: 'mouth', points: [1, 2, 0.5] }]))).toBe(true)
  })

  it('needs no more than eyes, nose and mouth, and less of each than all', () => {
    expect(off(placementOf(moved(only('leftEye', 'rightEye', 'nose', 'mouth'), AWAY)), AWAY)).toBeLessThan(2)
    const half = moved(
      MEAN.filter((_, i) => i % 2 === 0),
      AWAY,
    )
    expect(off(placementOf(half), AWAY)).toBeLessThan(14)
  })

  it('never turns a drawing by more than a person would, nor mirrors it', () => {
    const mirrored = MEAN.map(({ part, points }) => ({ part, points: points.map((value, i) => (i % 3 === 0 ? 512 - value : value)) }))
    const placement = placementOf(mirrored)
    expect(placement.a).toBeGreaterThan(0)
    expect(off(placement, IDENTITY)).toBeLessThan(60)
    expect(isIdentity(placementOf(moved(MEAN, about([256, 256], 1, 180, [0, 0]))))).toBe(true)
  })

  it('does not jump about while a face is drawn line by line somewhere else', () => {
    const lines = moved(MEAN, about([256, 290], 0.85, -6, [-45, 20]))
    let inUse = IDENTITY
    const changes: number[] = []
    lines.forEach((_, i) => {
      const next = placementOf(lines.slice(0, i + 1), inUse)
      if (next !== inUse) changes.push(i)
      inUse = next
    })
    expect(changes.length).toBeLessThanOrEqual(3)
  })

  it('is the same for any order of the strokes', () => {
    const lines = moved(MEAN, AWAY)
    expect(largestMove(placementOf(lines), placementOf([...lines].reverse()))).toBeLessThan(1e-6)
  })

  it('is right for people, not only for the mean face', () => {
    // Every part of a person lies a little elsewhere: three fifths of what people differ by.
    const random = mulberry32(5)
    const errors = Array.from({ length: 20 }, () => {
      const person = ['leftEye', 'rightEye', 'leftBrow', 'rightBrow', 'nose', 'mouth', 'jaw'].reduce<PartLine[]>(
        (all, part) => shifted(all, part as Part, 4 * (random() - 0.5), 8 * (random() - 0.5)),
        [...MEAN],
      )
      return off(placementOf(moved(person, AWAY)), AWAY)
    })
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(6)
  })

  it('finds the middle of a part from any number of strokes', () => {
    const [eye] = anchorsOf(only('leftEye'))
    expect(eye?.at[0]).toBeCloseTo(512 * (((MEAN_LANDMARKS[36]?.[0] ?? 0) + (MEAN_LANDMARKS[39]?.[0] ?? 0)) / 2), 0)
  })
})
