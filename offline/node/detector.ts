/** The landmark detector of the evaluation: the studio's own, at one size, asked for the most certain face. */

import { loadHuman } from '../../src/cli/humanInNode'
import type { LoadedHuman } from '../../src/detection/human'
import { detectFaces } from '../../src/detection/human'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { landmark68OfMesh } from '../../src/faces/meshLandmarks'
import { type RgbaImage, resizeSquare } from '../../src/shared/image'

/** Pictures are enlarged to this before detection; the mesh is a little more exact than at 256. */
const DETECTION_SIZE_PX = 512
/** Faces looked for: more than one, so that a picture of two is not taken for a picture of one. */
const MAX_FACES = 3

/** What was found on a picture. */
export interface Detection {
  /** The 68 landmarks of the most certain face. */
  landmark68: Landmarks68
  /** How certain the detector is that its box holds a face, 0–1. */
  score: number
  /** How many faces it found. */
  faces: number
}

/** How old and of which sex the person of the most certain face looks. */
export interface PersonEstimate {
  ageYears: number
  /** 0 female – 1 male. */
  male: number
}

export interface LandmarkDetector {
  /** Which detector with which settings; part of every calibration and of the cache's key. */
  id: string
  /** `null` when no face is found. */
  detect(image: RgbaImage): Promise<Detection | null>
  /** `null` when no face is found. */
  estimate(image: RgbaImage): Promise<PersonEstimate | null>
}

/** Loads the detector. */
export async function loadDetector(): Promise<LandmarkDetector> {
  const { human, version } = await loadHuman(MAX_FACES)
  return {
    id: `human ${version}, blazeface + facemesh at ${DETECTION_SIZE_PX}`,
    detect: (image) => detect(human, image),
    estimate: (image) => estimate(human, image),
  }
}

async function detect(human: LoadedHuman, image: RgbaImage): Promise<Detection | null> {
  const faces = await detectFaces(human, resizeSquare(image, DETECTION_SIZE_PX))
  const [first] = faces
  const landmark68 = first && landmark68OfMesh(first.mesh, DETECTION_SIZE_PX)
  return landmark68 ? { landmark68, score: first.boxScore, faces: faces.length } : null
}

async function estimate(human: LoadedHuman, image: RgbaImage): Promise<PersonEstimate | null> {
  const [first] = await detectFaces(human, resizeSquare(image, DETECTION_SIZE_PX), true)
  if (first?.age === undefined || first.genderScore === undefined) return null
  return { ageYears: first.age, male: 0.5 + (first.gender === 'male' ? 0.5 : -0.5) * first.genderScore }
}
