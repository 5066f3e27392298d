/**
 * A subject for tests of measures, without a model and without a detector: the "face" is the sketch itself, drawn in grey, and the detector is told where the
 * landmarks were drawn. What a measure makes of that is known beforehand.
 */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rasterize } from '../../../src/editor/rasterizer'
import { NO_OFFSETS } from '../../../src/faces/calibration'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { CONTOUR_LINES } from '../../../src/faces/parts'
import { greyToRgba, type RgbaImage } from '../../../src/shared/image'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines, contourSketch } from '../../node/contour'
import type { Detection } from '../../node/detector'
import type { AnnotatedFace } from '../../node/faceSet'
import { encodePng } from '../../node/imageFiles'
import type { Drawing, Subject } from './measure'

const SIZE_PX = 64
let folder: string | null = null

/** The mean face moved by `dx`, with its own contour as its photo. */
export function person(dx: number, extra: Partial<AnnotatedFace> = {}): AnnotatedFace {
  folder ??= mkdtempSync(path.join(tmpdir(), 'painted-'))
  const landmark68 = MEAN_LANDMARKS.map(([x, y]) => [x + dx, y] as const)
  const name = `face${Math.round(1000 * dx)}`
  const photoPath = path.join(folder, `${name}.png`)
  writeFileSync(photoPath, encodePng(greyToRgba(contourSketch(landmark68, SIZE_PX), SIZE_PX)))
  return {
    name,
    landmark68,
    photoPath,
    maskPath: '/none',
    person: { male: null, ageYears: null, skinTone: null, smile: null },
    isValidation: true,
    ...extra,
  }
}

export interface Painting {
  /** The ink decides about the brightness of the whole picture, unless statistics are held. */
  spills?: boolean
  /** What the detector sees in a picture of these lines; `null` for no face. */
  sees?(lines: readonly (readonly number[])[], drawing: Drawing): Detection | null
}

/** @param faces the validation faces */
export function paintedSubject(faces: readonly AnnotatedFace[], { spills = false, sees = () => null }: Painting = {}): Subject {
  const seen = new Map<RgbaImage, Detection | null>()
  const inkOf = (sketch: ArrayLike<number>) => Array.from(sketch).reduce((sum, value, i) => sum + (255 - value) * (i % SIZE_PX), 0)
  const draw = async (drawing: Drawing) => {
    const lines = [...drawing.lines].map((line) => [...line])
    const sketch = rasterize(lines, SIZE_PX)
    const statistics = drawing.hold ? rasterize(drawing.hold.lines, SIZE_PX) : sketch
    const ground = spills ? (inkOf(statistics) / 3000) % 60 : 0
    const generated = greyToRgba(
      sketch.map((value) => value / 2 + ground),
      SIZE_PX,
    )
    seen.set(generated, sees(lines, drawing))
    return { sketch: greyToRgba(sketch, SIZE_PX), generated }
  }
  const onPhoto = (photoPath: string): Detection | null => {
    const face = faces.find((each) => each.photoPath === photoPath)
    return face ? { landmark68: face.landmark68, score: 0.9, faces: 1 } : null
  }
  return {
    source: {
      id: 'painted',
      name: 'painted',
      role: 'comparison',
      fingerprint: '',
      label: 'painted',
      sizePx: SIZE_PX,
      drawsAnySketch: true,
      tolerance: null,
      lookFields: [],
      lookPresets: [],
      generate: async () => null,
      dispose() {},
    },
    faces,
    training: [],
    lookOf: () => ({}),
    async ownFace(face) {
      const pictures = await draw({ name: face.name, lines: contourLines(face.landmark68) })
      return { ...pictures, detected: seen.get(pictures.generated) ?? null }
    },
    draw,
    detect: async (image) => seen.get(image) ?? null,
    estimate: async () => null,
    photos: {
      detectPhoto: async (photoPath) => onPhoto(photoPath),
      detectChanged: async (photoPath) => onPhoto(photoPath),
      estimatePhoto: async () => null,
      save() {},
    },
    photoReadings: { of: (_photoPath, _question, find) => find(), save() {} },
    features: null,
    offsets: NO_OFFSETS,
    doodlesFile: '/none',
    editsFolder: '/none',
    realFolder: '/none',
    limit: null,
    onProgress() {},
  }
}

/** The landmarks that contour lines were drawn from: their points, in the order of the contour. */
export function landmarksOf(lines: readonly (readonly number[])[]): Landmarks68 {
  const points = new Map<number, readonly [number, number]>()
  for (const [i, line] of lines.entries()) {
    const { indices } = CONTOUR_LINES[i] ?? { indices: [] }
    for (const [k, index] of indices.entries())
      points.set(index, [(line[3 * k] ?? 0) / SKETCH_SIZE_PX, (line[3 * k + 1] ?? 0) / SKETCH_SIZE_PX])
  }
  return MEAN_LANDMARKS.map((point, i) => points.get(i) ?? point)
}
