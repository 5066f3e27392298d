import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { type Contour, meanFaceContours } from './meanFace'
import { assignPart, assignParts, reviewParts } from './partAssignment'
import { MEAN_FACE_PARTS, type MeanFacePart, type PartLine } from './parts'
import { standIns } from './standIns'
import { drawnContour, ellipse, withPressure } from './testStrokes'

/**
 * How well parts are known when they are drawn elsewhere and in another size: every part of the mean face, 20 px off in eight directions and
 * 0.7–1.5 times its size.
 */
const SCALES = [0.7, 0.85, 1, 1.2, 1.5]
const OFFSETS = Array.from({ length: 8 }, (_, i) => [20 * Math.cos((i * Math.PI) / 4), 20 * Math.sin((i * Math.PI) / 4)] as const)

type Place = (x: number, y: number) => readonly [number, number]

const contoursOf = (part: MeanFacePart): Contour[] => meanFaceContours().filter((contour) => contour.part === part)
const meanFace: readonly PartLine[] = meanFaceContours().map(({ id }) => drawnContour(id))
const meanLines = (except?: MeanFacePart): PartLine[] => meanFace.filter(({ part }) => part !== except)

function middleOf(points: readonly number[]): readonly [number, number] {
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
  return [middle(points.filter((_, i) => i % 2 === 0)), middle(points.filter((_, i) => i % 2 === 1))]
}

function drawnAt({ points }: Contour, place: Place): number[] {
  const moved: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) moved.push(...place(points[i] ?? 0, points[i + 1] ?? 0))
  return withPressure(moved)
}

/** One after the other, as a person draws: each stroke is assigned, and the ones before are looked at again. */
function drawOn(page: readonly PartLine[], strokes: readonly (readonly number[])[]): PartLine[] {
  let lines = [...page]
  for (const points of strokes) lines = reviewParts([...lines, { points, part: assignPart(points, lines) }], () => true)
  return lines
}

interface Try {
  readonly part: MeanFacePart
  readonly contours: readonly Contour[]
  readonly place: Place
}

/** @param hand turns a clean move into a person's */
function tries(hand: (x: number, y: number) => readonly [number, number] = (x, y) => [x, y]): Try[] {
  return MEAN_FACE_PARTS.flatMap((part) => {
    const contours = contoursOf(part)
    const [cx, cy] = middleOf(contours.flatMap((contour) => contour.points))
    return SCALES.flatMap((scale) =>
      OFFSETS.map(([dx, dy]) => ({
        part,
        contours,
        place: (x: number, y: number) => {
          const [hx, hy] = hand(scale * (x - cx), scale * (y - cy))
          return [cx + hx + dx, cy + hy + dy] as const
        },
      })),
    )
  })
}

const share = (oks: readonly boolean[]): number => oks.filter(Boolean).length / oks.length

describe('a part of the mean face that is redrawn off its place and in another size', () => {
  it.each([
    ['on an empty page', () => []],
    ['where the rest of the face is there', (part: MeanFacePart) => meanLines(part)],
  ] as const)('is that part, %s, and leaves no second contour', (_, before) => {
    const right: boolean[] = []
    const single: boolean[] = []
    for (const { part, contours, place } of tries()) {
      const page = before(part)
      const after = drawOn(
        page,
        contours.map((contour) => drawnAt(contour, place)),
      )
      right.push(...after.slice(page.length).map((line) => line.part === part))
      expect(after.slice(0, page.length).map((line) => line.part)).toEqual(page.map((line) => line.part))
      single.push(!standIns(after).some((contour) => contour.part === part))
    }
    expect(share(right)).toBeGreaterThanOrEqual(0.99)
    expect(share(single)).toBeGreaterThanOrEqual(0.99)
  })

  it('is that part, line by line, each alone on the page', () => {
    const right = tries().flatMap(({ part, contours, place }) => contours.map((contour) => assignPart(drawnAt(contour, place)) === part))
    expect(share(right)).toBeGreaterThanOrEqual(0.99)
  })

  it('is that part in one stroke', () => {
    const right = tries()
      .filter(({ contours }) => contours.length > 1)
      .map(
        ({ part, contours, place }) =>
          assignPart(
            contours.flatMap((contour) => drawnAt(contour, place)),
            meanLines(part),
          ) === part,
      )
    expect(share(right)).toBeGreaterThanOrEqual(0.99)
  })

  it('replaces each line for itself', () => {
    const replaced = tries().flatMap(({ part, contours, place }) =>
      contours.map((contour) => {
        const left = standIns([...meanLines(part), { part, points: drawnAt(contour, place) }]).filter(({ id }) => id.startsWith(contour.id))
        return left.reduce((sum, { lengthPx }) => sum + lengthPx, 0) < 0.3 * contour.lengthPx
      }),
    )
    expect(share(replaced)).toBeGreaterThanOrEqual(0.99)
  })

  it('is still that part by an unsteady hand: turned, stretched and wavy', () => {
    const random = mulberry32(5)
    const right: boolean[] = []
    for (let n = 0; n < 2; n++) {
      const turn = 0.12 * (2 * random() - 1)
      const stretch = 1 + 0.2 * (2 * random() - 1)
      const wave = 2.5 * random()
      const phase = 6 * random()
      const hand = (x: number, y: number): readonly [number, number] => [
        stretch * x * Math.cos(turn) - y * Math.sin(turn) + wave * Math.sin(0.08 * x + phase),
        stretch * x * Math.sin(turn) + y * Math.cos(turn) + wave * Math.cos(0.1 * x + phase),
      ]
      for (const { part, contours, place } of tries(hand)) {
        const page = meanLines(part)
        const strokes = contours.map((contour) => drawnAt(contour, place))
        right.push(
          ...drawOn(page, strokes)
            .slice(page.length)
            .map((line) => line.part === part),
        )
      }
    }
    expect(share(right)).toBeGreaterThanOrEqual(0.95)
  })

  it('is that part when the whole drawing is moved and scaled, in whatever order', () => {
    const random = mulberry32(7)
    const right: boolean[] = []
    for (const scale of [0.75, 1, 1.25]) {
      for (const [dx, dy] of OFFSETS) {
        const contours = [...meanFaceContours()].sort(() => random() - 0.5)
        const strokes = contours.map((contour) =>
          drawnAt(contour, (x, y) => [256 + scale * (x - 256) + 2 * dx, 256 + scale * (y - 256) + 2 * dy]),
        )
        const parts = assignParts(strokes.map((points) => ({ points })))
        right.push(...contours.map((contour, i) => parts[i] === contour.part))
      }
    }
    expect(share(right)).toBeGreaterThanOrEqual(0.95)
  })
})

describe('what people reported', () => {
  const upperLid = (dy: number): readonly number[] => drawnContour('leftUpperLid', 0, dy).points

  it('an eyelid 10 px higher is no brow, a raised brow no hair, a raised lip no nose', () => {
    expect(assignPart(upperLid(-10))).toBe('leftEye')
    expect(assignPart(upperLid(-22), meanLines('leftEye'))).toBe('leftEye')
    expect(assignPart(drawnContour('rightBrow', 0, -26).points)).toBe('rightBrow')
    expect(assignPart(drawnContour('upperLipOuter', 0, -22).points)).toBe('mouth')
  })

  it('a narrower jaw is the jaw, and a beard line inside a drawn jaw is not', () => {
    const jaw = (width: number, dy = 0): readonly number[] => {
      const [contour] = contoursOf('jaw')
      return contour ? drawnAt(contour, (x, y) => [256 + width * (x - 256), y + dy]) : []
    }
    expect(assignPart(jaw(0.78))).toBe('jaw')
    expect(assignPart(jaw(0.7, -10))).toBe('jaw')
    expect(assignPart(jaw(0.8, -24), meanLines())).not.toBe('jaw')
  })

  it('a lid that had to be taken for a brow is known when the other lid is there', () => {
    const lids = ['leftUpperLid', 'leftLowerLid'].map((id) => drawnContour(id, 0, -28).points)
    const page = drawOn([], lids)
    expect(page.map((line) => line.part)).toEqual(['leftEye', 'leftEye'])
  })

  it('the second eye is where the first one has it', () => {
    const left = ['leftUpperLid', 'leftLowerLid'].map((id) => drawnContour(id, -14, 34))
    expect(assignPart(drawnContour('rightUpperLid', 14, 34).points, left)).toBe('rightEye')
  })

  it('what a person has chosen is not looked at again', () => {
    const page: PartLine[] = [{ part: 'hair', points: upperLid(0) }, drawnContour('leftLowerLid')]
    expect(reviewParts(page, () => false)[0]?.part).toBe('hair')
    expect(reviewParts(page, () => true)[0]?.part).toBe('leftEye')
    const known = { points: upperLid(0), part: 'hair', isKnown: true } as const
    expect(assignParts([known, { points: drawnContour('leftLowerLid').points }])).toEqual(['hair', 'leftEye'])
  })
})

it('takes no longer for a stroke on a page of 5,000', () => {
  const random = mulberry32(3)
  const hatch = (): readonly number[] => {
    const [x, y] = [60 + 390 * random(), 60 + 390 * random()]
    return Array.from({ length: 20 }, (_, i) => [x + 2 * i, y + i * (random() - 0.5), 0.5]).flat()
  }
  // Time of the processor: other programs on the machine do not count.
  const cpuMs = (): number => process.cpuUsage().user / 1000
  const eachMs = (page: readonly PartLine[]): number => {
    let lines = drawOn(page, [hatch()])
    const from = cpuMs()
    for (let n = 0; n < 40; n++) lines = drawOn(lines, [ellipse(200, 240, 20, 10)])
    return (cpuMs() - from) / 40
  }
  const page = Array.from({ length: 5000 }, (_, i): PartLine => ({ points: hatch(), part: MEAN_FACE_PARTS[i % 7] ?? 'other' }))
  eachMs(page.slice(0, 50))
  expect(eachMs(page)).toBeLessThan(eachMs(page.slice(0, 50)) + 15)
}, 60_000)
