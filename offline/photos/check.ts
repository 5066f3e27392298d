/** How exact the preparation is: annotated photos go through it as if nothing were known of them, and what comes out is held to the annotations. */

import { readFileSync } from 'node:fs'
import { alignedSquare, toPicture, toSquare } from '../../src/faces/alignment'
import { NO_OFFSETS } from '../../src/faces/calibration'
import type { FaceFinder } from '../../src/faces/faceFinder'
import type { RegionMask } from '../../src/faces/masks/regionPrior'
import { MASSES, massOfRegion, type RegionPrior } from '../../src/faces/masks/regionPrior'
import { type AnnotatedFace, readFaceSets, spread } from '../node/faceSet'
import { errorFigure, type FaceError, FIGURE_PART_IDS, faceError } from '../node/landmarkError'
import { readRegionMask } from '../node/readRegionMask'
import { readPhoto } from './picture'
import { type PreparedFace, prepareFace } from './prepareFace'

const SETTINGS = { sizePx: 256, minFacePx: 1, maxYawDegrees: 90, maxPitchDegrees: 90 }

/** Region classes that are drawn from landmarks. (Brows too; but annotated brows share a class with beards and lashes.) */
const PARTS = { eyes: [1, 2], nose: [3], mouth: [4] }

/** A readable table of errors on the validation faces. */
export async function check(dataFolder: string, count: number | null, finder: FaceFinder, prior: RegionPrior): Promise<string> {
  const validation = readFaceSets([dataFolder]).filter(({ isValidation }) => isValidation)
  const errors: FaceError[] = []
  const crops: number[] = []
  const overlaps = new Overlaps()
  for (const face of count === null ? validation : spread(validation, count)) {
    const photo = readPhoto(readFileSync(face.photoPath))
    const found = await prepareFace(photo, finder, prior, SETTINGS)
    if ('reason' in found) continue
    errors.push(landmarkErrorOf(face, found, photo.width))
    crops.push(cropErrorOf(face, found, photo.width))
    overlaps.add(found, readRegionMask(face.maskPath))
  }
  const figure = errorFigure(errors)
  if (!figure) return 'No face was found in any of the photos.'
  const perPart = FIGURE_PART_IDS.map((part) => `${part} ${figure.parts[part].toFixed(1)}`).join(', ')
  return [
    `${figure.faces} of ${count ?? validation.length} faces found.`,
    `Landmarks: off by ${figure.average.toFixed(2)} % of the eye distance (${perPart}; nine of ten faces below ${figure.percentile90.toFixed(1)}).`,
    `Aligned square: corners off by ${((100 * crops.reduce((a, b) => a + b, 0)) / crops.length).toFixed(1)} % of a side, against that of the annotated landmarks.`,
    `Regions, intersection over union: ${overlaps.describe()}.`,
  ].join('\n')
}

function landmarkErrorOf(face: AnnotatedFace, found: PreparedFace, photoPx: number): FaceError {
  const detected = found.landmarks.map((point) => toPicture(found.square, point))
  return faceError({ annotated: face.landmark68.map(([x, y]) => [x * photoPx, y * photoPx] as const), detected }, NO_OFFSETS)
}

/** Mean distance of the square's corners from where the annotated landmarks put them, in sides. */
function cropErrorOf(face: AnnotatedFace, found: PreparedFace, photoPx: number): number {
  const square = alignedSquare(face.landmark68.map(([x, y]) => [x * photoPx, y * photoPx] as const))
  const distances = [0, 1, 2, 3].map((k) => {
    const corner = [k & 1, k >> 1] as const
    const [x, y] = toSquare(square, toPicture(found.foundSquare, corner))
    return Math.hypot(x - corner[0], y - corner[1])
  })
  return distances.reduce((sum, distance) => sum + distance, 0) / 4
}

/** Pixels that two masks share, and that either has. */
class Overlaps {
  private readonly counts = new Map<string, { both: number; either: number }>()

  /** `truth`: the annotated mask of the source photo. */
  add({ mask, photo, square }: PreparedFace, truth: RegionMask): void {
    mask.forEach((region, i) => {
      const [x, y] = toPicture(square, [((i % photo.width) + 0.5) / photo.width, (Math.floor(i / photo.width) + 0.5) / photo.height])
      if (x < 0 || y < 0 || x >= truth.width || y >= truth.height) return
      const annotated = truth.region[Math.floor(y) * truth.width + Math.floor(x)] ?? 0
      MASSES.forEach((mass, k) => {
        this.count(mass, massOfRegion(region) === k, massOfRegion(annotated) === k)
      })
      for (const [part, regions] of Object.entries(PARTS)) this.count(part, regions.includes(region), regions.includes(annotated))
    })
  }

  private count(id: string, isFound: boolean, isTrue: boolean): void {
    const count = this.counts.get(id) ?? { both: 0, either: 0 }
    count.both += Number(isFound && isTrue)
    count.either += Number(isFound || isTrue)
    this.counts.set(id, count)
  }

  describe(): string {
    return [...this.counts].map(([id, { both, either }]) => `${id} ${(both / either).toFixed(2)}`).join(', ')
  }
}
