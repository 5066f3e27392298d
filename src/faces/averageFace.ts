/**
 * The average of several faces, a "morph": the average of their contours, and of their pictures warped to it.
 *
 * Two to four drawings with their face pictures → lines and a picture. The average of what several witnesses drew of one person is more like that person than any
 * one of them is on average (Bruce, Ness, Hancock, Newman and Rarity 2002, Journal of Applied Psychology 87(5), 894–902): what each got wrong cancels out.
 * Landmarks are aligned by similarity and averaged; each picture is warped by its own landmarks to the averaged ones (Benson and Perrett 1993), and light is averaged,
 * not its encoding.
 */

import { drawnLandmarks } from './drawnLandmarks'
import { type Landmarks68, pointAt } from './landmarks'
import { contoursOf } from './meanFace'
import { warped, warpMap, warpMesh } from './meshWarp'
import type { MeanFacePart, PartLine } from './parts'
import { applyTo, applyToFlat, fitSimilarity, IDENTITY, type Similarity } from './similarity'
import { isMeanFacePart } from './standIns'

const STROKE_STRIDE = 3
const NEUTRAL_PRESSURE = 0.5

/** A drawing with the face that was made of it. */
export interface FaceMember {
  readonly document: { readonly strokes: readonly PartLine[]; readonly leftOut?: readonly MeanFacePart[] }
  /** Drawing → mean face, as the face was made. */
  readonly placement: Similarity
  /** RGBA `[sizePx · sizePx · 4]`. */
  readonly pixels: Uint8ClampedArray
  readonly sizePx: number
  /** In 0–1 of the picture, where they are known; otherwise they are those of the drawing. */
  readonly landmarks?: Landmarks68
}

export interface AverageFace {
  /** In 0–1 of the picture. */
  readonly landmarks: Landmarks68
  /** The average contour in sketch pixels, each line knowing its part. Parts that every member leaves out have none, nor have hair and ears: they have no landmarks. */
  readonly lines: readonly PartLine[]
  /** RGBA `[sizePx · sizePx · 4]`, the size of the largest member. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
}

/** @throws RangeError when there is no member, or a picture is not as large as it says */
export function averageFace(members: readonly FaceMember[]): AverageFace {
  if (members.length === 0) throw new RangeError('An average needs at least one face.')
  for (const { pixels, sizePx } of members)
    if (pixels.length !== sizePx * sizePx * 4) throw new RangeError('A picture is not as large as it says.')
  const shapes = members.map(memberLandmarks)
  const landmarks = averageShape(shapes)
  const sizePx = Math.max(...members.map((member) => member.sizePx))
  return { landmarks, lines: averageLines(members, landmarks), pixels: averagePicture(members, shapes, landmarks, sizePx), sizePx }
}

/** The landmarks of a member's picture. */
function memberLandmarks({ document, placement, landmarks }: FaceMember): Landmarks68 {
  return (
    landmarks ??
    drawnLandmarks(document.strokes.map(({ part, points }) => ({ part, points: applyToFlat(placement, points, STROKE_STRIDE) })))
  )
}

/**
 * The mean of shapes that were shifted, turned and scaled onto each other (one round of generalised Procrustes analysis, Gower 1975, from their plain mean: faces come
 * aligned, so that further rounds move nothing). Size and place are the mean ones.
 */
export function averageShape(shapes: readonly Landmarks68[]): Landmarks68 {
  const reference = meanOf(shapes)
  const even = reference.map(() => 1)
  return meanOf(
    shapes.map((shape) => {
      const onto = fitSimilarity(shape, reference, even) ?? IDENTITY
      return shape.map((point) => applyTo(onto, point))
    }),
  )
}

function meanOf(shapes: readonly Landmarks68[]): Landmarks68 {
  const mean = (index: number, axis: 0 | 1): number => shapes.reduce((sum, shape) => sum + pointAt(shape, index)[axis], 0) / shapes.length
  return (shapes[0] ?? []).map((_, i) => [mean(i, 0), mean(i, 1)] as const)
}

function averageLines(members: readonly FaceMember[], landmarks: Landmarks68): PartLine[] {
  const isShown = (part: MeanFacePart): boolean =>
    members.some(({ document }) => !document.leftOut?.includes(part) || document.strokes.some((line) => line.part === part))
  return contoursOf(landmarks)
    .filter(({ part }) => isMeanFacePart(part) && isShown(part))
    .map(({ part, points }) => ({
      part,
      points: points.flatMap((value, i) => (i % 2 === 0 ? [value] : [value, NEUTRAL_PRESSURE])),
    }))
}

function averagePicture(members: readonly FaceMember[], shapes: readonly Landmarks68[], landmarks: Landmarks68, sizePx: number) {
  const mesh = warpMesh(landmarks, shapes)
  const sums = new Float64Array(sizePx * sizePx * 4)
  members.forEach((member, i) => {
    const light = Float64Array.from(member.pixels, (value, k) => (k % 4 === 3 ? value / 255 : (LIGHT[value] ?? 0)))
    const moved = warped(light, member.sizePx, 4, warpMap(mesh, shapes[i] ?? [], landmarks, sizePx))
    for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + (moved[k] ?? 0) / members.length
  })
  return Uint8ClampedArray.from(sums, (value, k) => 255 * (k % 4 === 3 ? value : encoded(value)))
}

/** The light that an encoded value 0–255 stands for, 0–1 (sRGB, IEC 61966-2-1). */
const LIGHT = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
})

const encoded = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
