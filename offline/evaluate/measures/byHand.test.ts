import { beforeAll, describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { type HandDrawing, readHandDrawings } from '../data/handDrawings'
import { judgeDrawings, knownError, meanError, type OnPage, onPage } from './byHand'
import type { Drawing } from './measure'
import { paintedSubject, person } from './testSubject'

const named = (name: string): HandDrawing => {
  const drawing = readHandDrawings().find((each) => each.name.startsWith(name))
  if (!drawing) throw new Error(name)
  return drawing
}

describe('onPage', () => {
  let turned: OnPage
  beforeAll(() => {
    turned = onPage(named('off-centre'))
  })

  it('brings a shifted, turned and small drawing, and its landmarks, to the place of a face', () => {
    const drawing = named('off-centre')
    const nose = (landmarks: readonly (readonly [number, number] | null)[]) => landmarks[33] ?? [0, 0]
    const [before, after] = [nose(drawing.landmarks), nose(turned.landmarks)]
    const off = ([x, y]: readonly [number, number]) => Math.hypot(x - (MEAN_LANDMARKS[33]?.[0] ?? 0), y - (MEAN_LANDMARKS[33]?.[1] ?? 0))
    expect(off([before[0] / 512, before[1] / 512])).toBeGreaterThan(0.06)
    expect(off(after)).toBeLessThan(0.045)
    const slope = (turned.landmarks[45]?.[1] ?? 1) - (turned.landmarks[36]?.[1] ?? 0)
    expect(Math.abs(slope)).toBeLessThan(0.02)
  })

  it('leaves open what is drawn, and only that', () => {
    expect(turned.drawn).toEqual(['hairStyle'])
    expect(onPage(named('full beard')).drawn).toEqual(['hairStyle', 'beard'])
  })

  it('keeps every stroke, and landmarks that the drawing leaves open stay open', () => {
    const drawing = named('few lines')
    const { lines, landmarks } = onPage(drawing)
    expect(lines.length).toBeGreaterThan(drawing.strokes.length)
    expect(landmarks[57]?.[0]).toBeNaN() // no lower lip in a mouth of one line
    expect(landmarks[48]?.[0]).toBeGreaterThan(0)
  })
})

describe('the error over known landmarks', () => {
  const drawn = MEAN_LANDMARKS.map((point, i) => (i >= 49 && i <= 53 ? ([Number.NaN, Number.NaN] as const) : point))

  it('counts what the drawing says, and nothing else', () => {
    const eyes = (MEAN_LANDMARKS[45]?.[0] ?? 0) - (MEAN_LANDMARKS[36]?.[0] ?? 0)
    const moved = MEAN_LANDMARKS.map(([x, y], i) => [i < 17 ? x + 0.1 * eyes : x, y] as const)
    const { average, parts } = knownError(drawn, moved)
    expect(parts.jaw).toBeCloseTo(10, 6)
    expect(parts.mouth).toBeCloseTo(0, 6)
    expect(average).toBeCloseTo((17 * 10) / 63, 6)
  })

  it('has no figure for a part that nobody draws', () => {
    const none = MEAN_LANDMARKS.map((point, i) => (i >= 17 && i <= 26 ? ([Number.NaN, Number.NaN] as const) : point))
    const error = knownError(none, MEAN_LANDMARKS)
    expect(error.parts.brows).toBeNull()
    expect(meanError([error, knownError(drawn, MEAN_LANDMARKS)]).parts.brows).toBeCloseTo(0, 6)
    expect(meanError([]).average).toBeNull()
  })
})

describe('judgeDrawings', () => {
  it('takes the presets in turn with drawn fields open, and tells found faces and errors', async () => {
    const looks: Drawing['look'][] = []
    let count = 0
    const subject = paintedSubject([person(0)], {
      sees: (_lines, drawing) => {
        looks.push(drawing.look)
        return count++ === 0 ? null : { landmark68: MEAN_LANDMARKS, score: 0.8, faces: 1 }
      },
    })
    const preset = (id: string) => ({ id, name: { en: id, zh: id }, look: { hairStyle: id, beard: 'none' } })
    const source = { ...subject.source, lookPresets: [preset('a'), preset('b'), preset('c')] }
    const drawings = ['long hair', 'angry', 'few lines', 'sloppy'].map(named)
    const result = await judgeDrawings({ ...subject, source }, drawings)
    const { perDrawing, oneFace, error, meanFace } = result.figures as {
      perDrawing: { preset: string; drawn: string[]; error: unknown }[]
      oneFace: number
      error: { average: number }
      meanFace: { average: number }
    }
    expect(oneFace).toBe(drawings.length - 1)
    expect(perDrawing.slice(0, 4).map(({ preset: id }) => id)).toEqual(['a', 'b', 'c', 'a'])
    expect(perDrawing[0]?.error).toBeNull()
    expect(looks[0]).toEqual({ hairStyle: null, beard: 'none' })
    expect(looks[2]?.beard).toBe('none')
    // A detector that always finds the mean face is as far off as the mean face, on the drawings where it finds one.
    const off = meanError(drawings.slice(1).map((drawing) => knownError(onPage(drawing).landmarks, MEAN_LANDMARKS)))
    expect(error.average).toBeCloseTo(off.average ?? 0, 9)
    expect(meanFace.average).not.toBeCloseTo(error.average, 3)
    expect(result.sheet).toHaveLength(drawings.length)
    expect(result.remarks).toEqual([`No face found on: ${drawings[0]?.name}.`])
  })
})
