/**
 * Aligned: a sketch that sits askew on the page should still give a face that sits straight. The whole contour is shifted by ±25 px and rotated by ±7°
 * (at 512; the augmentation of the thesis), and it is measured how far the face goes along.
 */

import type { Landmarks68 } from '../../../src/faces/landmarks'
import { meanChange, type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines } from '../../node/contour'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { resampled } from '../data/thinPlateWarp'
import { mean, meanOrNull } from '../statistics/summary'
import { EXACT } from '../subject'
import { meanShift, type Shift, shareFollowed } from './landmarkShift'
import { type Measure, type SheetRow, type Subject, show } from './measure'

const MAX_FACES = 8
const SHIFT = 25 / SKETCH_SIZE_PX
const TURN = (7 * Math.PI) / 180

export interface Move {
  id: string
  kind: 'shift' | 'turn'
  /** In 0–1 of the page. */
  shift: readonly [number, number]
  /** Clockwise about the page's middle. */
  turn: number
}

export const MOVES: readonly Move[] = [
  { id: '25 px left', kind: 'shift', shift: [-SHIFT, 0], turn: 0 },
  { id: '25 px right', kind: 'shift', shift: [SHIFT, 0], turn: 0 },
  { id: '25 px up', kind: 'shift', shift: [0, -SHIFT], turn: 0 },
  { id: '25 px down', kind: 'shift', shift: [0, SHIFT], turn: 0 },
  { id: '7° left', kind: 'turn', shift: [0, 0], turn: -TURN },
  { id: '7° right', kind: 'turn', shift: [0, 0], turn: TURN },
]

/** Where a point of the page goes. */
export function movedPoint([x, y]: readonly [number, number], { shift, turn }: Pick<Move, 'shift' | 'turn'>): readonly [number, number] {
  const [u, v] = [x - 0.5, y - 0.5]
  return [0.5 + u * Math.cos(turn) - v * Math.sin(turn) + shift[0], 0.5 + u * Math.sin(turn) + v * Math.cos(turn) + shift[1]]
}

interface Sample {
  move: Move
  pixels: number
  photoPixels: number
  /** `null` when the detector lost the face. */
  shift: Shift | null
}

export const aligned: Measure = {
  id: 'aligned',
  title: 'Aligned: does the face sit straight when the sketch sits askew?',
  about:
    'The whole contour is shifted by 25 px in four directions and turned by 7° in two (at 512 px). A model that was trained with misplaced sketches and aligned photos brings the ' +
    'face back to its place; one that copies its lines moves it along. Pixels: mean change against the face of the sketch in place, in 1/255. Landmarks: their mean shift in % of the ' +
    "eye distance, and the share of the sketch's own shift that they go along (0 aligned, 1 moved along). Reference: the true photo itself, moved like the sketch.",
  references: ['true photo, moved'],
  sheetColumns: ['face', ...MOVES.map(({ id }) => id)],
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const samples: Sample[] = []
    const sheet: SheetRow[] = []
    for (const [i, face] of faces.entries()) {
      sheet.push(await sampleMoves(subject, face, samples))
      subject.onProgress(i + 1, faces.length)
    }
    const figures = { shift: figureOf(samples, 'shift'), turn: figureOf(samples, 'turn') }
    return {
      figures: { faces: faces.length, ...figures },
      rows: [...rowsOf('shifted 25 px', figures.shift), ...rowsOf('turned 7°', figures.turn)],
      remarks: [],
      sheet,
    }
  },
}

async function sampleMoves(subject: Subject, face: AnnotatedFace, samples: Sample[]): Promise<RgbaImage[]> {
  const own = await subject.ownFace(face)
  if (!own) return []
  const photo = resizeSquare(readImage(face.photoPath), subject.source.sizePx)
  const row = [own.generated]
  for (const move of MOVES) {
    const drawnAfter: Landmarks68 = face.landmark68.map((point) => movedPoint(point, move))
    const { generated } = await subject.draw({ name: face.name, lines: contourLines(drawnAfter), tolerance: EXACT })
    row.push(generated)
    const seen = await subject.detect(generated)
    samples.push({
      move,
      pixels: meanChange(own.generated, generated),
      photoPixels: meanChange(photo, movedPhoto(photo, move)),
      shift:
        own.detected && seen
          ? { drawnBefore: face.landmark68, drawnAfter, seenBefore: own.detected.landmark68, seenAfter: seen.landmark68 }
          : null,
    })
  }
  return row
}

function movedPhoto(photo: RgbaImage, { shift, turn }: Move): RgbaImage {
  return resampled(photo, (x, y) =>
    movedPoint(movedPoint([x, y], { shift: [-shift[0], -shift[1]], turn: 0 }), { shift: [0, 0], turn: -turn }),
  )
}

function figureOf(samples: readonly Sample[], kind: Move['kind']) {
  const own = samples.filter(({ move }) => move.kind === kind)
  const shifts = own.flatMap(({ shift }) => (shift ? [shift] : []))
  return {
    samples: own.length,
    facesLost: own.length - shifts.length,
    pixels: mean(own.map(({ pixels }) => pixels)),
    photoPixels: mean(own.map(({ photoPixels }) => photoPixels)),
    landmarks: meanOrNull(shifts.map(({ drawnBefore, seenBefore, seenAfter }) => meanShift(seenBefore, seenAfter, drawnBefore))),
    drawn: meanOrNull(shifts.map(({ drawnBefore, drawnAfter }) => meanShift(drawnBefore, drawnAfter, drawnBefore))),
    share: shifts.length > 0 ? shareFollowed(shifts) : null,
  }
}

const rowsOf = (what: string, { pixels, photoPixels, landmarks, drawn, share }: ReturnType<typeof figureOf>) => [
  { label: `${what}: pixels`, value: show(pixels, 1), references: [show(photoPixels, 1)] },
  { label: `${what}: landmarks, %`, value: show(landmarks, 1), references: [show(drawn, 1)] },
  { label: `${what}: share gone along`, value: show(share), references: ['1'] },
]
