/**
 * The faces of a photo, and the exact landmarks of one. The detector sees the whole photo once; then, as the evaluation does, the aligned face alone:
 * there its landmarks are the most exact, and there its calibration holds.
 */

import { onSquare, type RgbaImage, resizeSquare, shrink } from '../shared/image'
import type { Offsets } from './calibration'
import { eyeDistance, type Landmarks68, pointAt } from './landmarks'
import { landmark68OfMesh } from './meshLandmarks'

/** What a detector says of one face on a square picture. */
export interface MeshFace {
  /** Points of the face mesh in pixels of the picture. */
  readonly mesh: readonly (readonly (number | undefined)[])[]
  /** How certain it is that the mesh is a face, 0–1. */
  readonly score: number
  /** Turn of the head in radians, as the mesh has it. */
  readonly yaw: number
  readonly pitch: number
}

/** Faces of a square picture, the most certain first. */
export type DetectMeshes = (square: RgbaImage) => Promise<readonly MeshFace[]>

const DETECTION_SIZE_PX = 512
/** Less certain meshes are background that looks a little like a face. */
const MIN_MESH_SCORE = 0.6
/** Second look at a photo in which nothing was found: a face that fills the picture is found when there is room around it. */
const LOOKS = [1, 0.6]

/**
 * The mesh's turn is flatter than the true one: measured on synthetic people between −5° and 50° of yaw, true yaw = 1.42 × found. Its pitch sits 5.3° high
 * there and says little (standard deviation 4°).
 */
const YAW_FACTOR = 1.42
const PITCH_OFFSET_DEGREES = -5.3

export interface FoundFace {
  landmarks: Landmarks68
  /** Degrees; negative yaw is to the picture's left, as in the data's annotations. */
  yawDegrees: number
  pitchDegrees: number
}

export interface FaceFinder {
  /** The detector and its version, for reports. */
  id: string
  /** All faces of a photo, largest first; landmarks in picture pixels, roughly. */
  findAll(photo: RgbaImage): Promise<FoundFace[]>
  /** The face of an aligned crop; landmarks in 0–1 of it, calibrated. `null` when none is found there. */
  findAligned(crop: RgbaImage): Promise<FoundFace | null>
}

/** @param offsets the detector's calibration */
export function createFaceFinder(id: string, detect: DetectMeshes, offsets: Offsets): FaceFinder {
  return {
    id,
    findAll: (photo) => findAll(detect, photo),
    async findAligned(crop) {
      const [face] = certain(await detect(resizeSquare(crop, DETECTION_SIZE_PX)))
      return face ? { ...face, landmarks: calibrated(face.landmarks, offsets) } : null
    },
  }
}

async function findAll(detect: DetectMeshes, photo: RgbaImage): Promise<FoundFace[]> {
  const factor = Math.max(1, Math.floor(Math.max(photo.width, photo.height) / DETECTION_SIZE_PX))
  const small = shrink(photo, factor)
  for (const share of LOOKS) {
    const { square, left, top } = onSquare(small, share)
    const faces = certain(await detect(resizeSquare(square, DETECTION_SIZE_PX)))
    const toPhoto = ({ landmarks, ...face }: FoundFace): FoundFace => ({
      ...face,
      landmarks: landmarks.map(([x, y]) => [(x * square.width - left) * factor, (y * square.width - top) * factor] as const),
    })
    if (faces.length > 0) return distinct(faces.map(toPhoto))
  }
  return []
}

function certain(faces: readonly MeshFace[]): FoundFace[] {
  const degrees = (radians: number) => (radians * 180) / Math.PI
  return faces.flatMap(({ mesh, score, yaw, pitch }) => {
    const landmarks = score >= MIN_MESH_SCORE ? landmark68OfMesh(mesh, DETECTION_SIZE_PX) : null
    return landmarks ? [{ landmarks, yawDegrees: YAW_FACTOR * degrees(yaw), pitchDegrees: degrees(pitch) + PITCH_OFFSET_DEGREES }] : []
  })
}

/** Largest first; a face found twice counts once. */
function distinct(faces: readonly FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = []
  for (const face of [...faces].sort((a, b) => size(b) - size(a))) {
    const [x, y] = pointAt(face.landmarks, 30)
    const isKnown = kept.some(
      ({ landmarks }) => Math.hypot(pointAt(landmarks, 30)[0] - x, pointAt(landmarks, 30)[1] - y) < size({ landmarks }) / 2,
    )
    if (!isKnown) kept.push(face)
  }
  return kept
}

/** Size of a face that a turn of the head changes little: the larger of eye distance and nose root to chin. */
function size({ landmarks }: Pick<FoundFace, 'landmarks'>): number {
  const [ax, ay] = pointAt(landmarks, 27)
  const [bx, by] = pointAt(landmarks, 8)
  return Math.max(eyeDistance(landmarks), Math.hypot(bx - ax, by - ay))
}

/** Landmarks of an upright face with the detector's own offsets taken off. */
function calibrated(landmarks: Landmarks68, offsets: Offsets): Landmarks68 {
  const unit = eyeDistance(landmarks)
  return landmarks.map(([x, y], i) => [x - pointAt(offsets, i)[0] * unit, y - pointAt(offsets, i)[1] * unit] as const)
}
