/**
 * How local the edit of a mouth stays: several faces, several new mouths each, in plain mode, with the base face's statistics held, and with the outside
 * locked. Mean absolute change in 1/255 inside and outside the edited region.
 */

import { readFileSync } from 'node:fs'
import { rasterize } from '../src/editor/rasterizer'
import type { Landmarks68 } from '../src/faces/landmarks'
import type { Look } from '../src/faces/look'
import { contoursOf, MEAN_LANDMARKS } from '../src/faces/meanFace'
import { editRegion } from '../src/faces/regions'
import type { PartLine } from '../src/faces/standIns'
import { type InferenceSession, PLAIN } from '../src/inference/session'
import type { Locality } from '../src/workers/protocol'
import { mean, rounded } from './statistics'

const MODES = ['plain', 'hold', 'lock', 'holdAndLock'] as const
type Mode = (typeof MODES)[number]

export interface LocalityReport {
  faces: number
  edits: number
  source: string
  modes: Record<Mode, { meanInside: number; meanOutside: number; worstOutside: number }>
}

const LINE_WIDTH_PX = 2
const MOUTH_FROM = 48
const MOST_FACES = 20

type Point = readonly [number, number]
type Move = (point: Point, index: number) => Point

/** Faces unlike the mean one, as a person would draw them: jaw, brows, eyes and nose moved and scaled about the face's middle. */
const VARIATIONS: readonly Move[] = [
  (point) => point,
  ([x, y], i) => [i < 17 ? 0.5 + (x - 0.5) * 1.08 : x, y],
  ([x, y], i) => [i < 17 ? 0.5 + (x - 0.5) * 0.93 : x, i < 17 ? y + 0.015 : y],
  ([x, y], i) => [x, i >= 17 && i < 27 ? y - 0.02 : y],
  ([x, y], i) => [i >= 36 && i < 48 ? 0.5 + (x - 0.5) * 1.06 : x, y],
  ([x, y], i) => [x, i >= 27 && i < 36 ? y + 0.015 : y],
]

/** New mouths about the old one's middle: a smile, an open mouth, a small one. */
const MOUTHS: readonly ((middle: Point) => Move)[] = [
  ([mx]) =>
    ([x, y]) => [mx + (x - mx) * 1.2, y - 4 * (x - mx) ** 2],
  ([mx, my]) =>
    ([x, y]) => [mx + (x - mx) * 0.95, y > my ? y + 0.035 : y],
  ([mx, my]) =>
    ([x, y]) => [mx + (x - mx) * 0.7, my + (y - my) * 0.85],
]

function readFaces(file: string): Landmarks68[] {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const faces = rows.filter((_, i) => i % 20 === 0).map((line) => (JSON.parse(line) as { landmarks68: Landmarks68 }).landmarks68)
  return faces.slice(0, MOST_FACES)
}

function linesOf(landmarks: Landmarks68): PartLine[] {
  return contoursOf(landmarks).map(({ part, points }) => ({
    part,
    points: points.flatMap((value, i) => (i % 2 === 0 ? [value] : [value, 0.5])),
  }))
}

function sketchOf(lines: readonly PartLine[], sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  const ink = lines.map(({ points }) => points.map((value, i) => (i % 3 === 2 ? LINE_WIDTH_PX : value)))
  return rasterize(ink, sizePx)
}

function withMouth(landmarks: Landmarks68, mouth: (middle: Point) => Move): Landmarks68 {
  const points = landmarks.slice(MOUTH_FROM)
  const middle: Point = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  return landmarks.map((point, i) => (i < MOUTH_FROM ? point : mouth(middle)(point, i)))
}

function localityOf(
  mode: Mode,
  base: { sketch: Uint8ClampedArray; pixels: Uint8ClampedArray; id: string },
  look: Look,
  region: Uint8ClampedArray,
): Locality {
  const hold = mode === 'hold' || mode === 'holdAndLock' ? { id: base.id, sketch: base.sketch, look } : null
  return { hold, lockOutside: mode === 'lock' || mode === 'holdAndLock', reference: { pixels: base.pixels }, region }
}

export async function benchLocality(session: InferenceSession, facesFile: string | null): Promise<LocalityReport> {
  const { sizePx, look: known } = session.settings
  const faces = facesFile ? readFaces(facesFile) : VARIATIONS.map((move) => MEAN_LANDMARKS.map(move))
  const changes: Record<Mode, { inside: number[]; outside: number[] }> = {
    plain: { inside: [], outside: [] },
    hold: { inside: [], outside: [] },
    lock: { inside: [], outside: [] },
    holdAndLock: { inside: [], outside: [] },
  }
  for (const [n, landmarks] of faces.entries()) {
    const look = known.presets[n % Math.max(1, known.presets.length)]?.look ?? {}
    const before = linesOf(landmarks)
    const sketch = sketchOf(before, sizePx)
    const { pixels } = await session.generate({ sketch, look, tolerance: null, locality: PLAIN })
    for (const mouth of MOUTHS) {
      const after = linesOf(withMouth(landmarks, mouth))
      const region = editRegion(before, after, 'mouth', sizePx)
      for (const mode of MODES) {
        const locality = localityOf(mode, { sketch, pixels, id: `face-${n}` }, look, region)
        const { change } = await session.generate({ sketch: sketchOf(after, sizePx), look, tolerance: null, locality })
        changes[mode].inside.push(change?.meanInside ?? Number.NaN)
        changes[mode].outside.push(change?.meanOutside ?? Number.NaN)
      }
    }
  }
  const modes = Object.fromEntries(
    MODES.map((mode) => {
      const { inside, outside } = changes[mode]
      return [
        mode,
        { meanInside: rounded(mean(inside), 3), meanOutside: rounded(mean(outside), 3), worstOutside: rounded(Math.max(...outside), 3) },
      ]
    }),
  ) as LocalityReport['modes']
  return {
    faces: faces.length,
    edits: faces.length * MOUTHS.length,
    source: facesFile ? 'landmarks file' : 'variations of the mean face',
    modes,
  }
}
