/**
 * The face detector: Human (BlazeFace, then its face mesh) on TensorFlow.js's wasm back end; when asked, its estimate of age and sex (faceres) too. The
 * platform gives the class and the addresses: see `browser.ts`, and `cli/humanInNode.ts` for Node.
 *
 * Human's iris model stays off: it moves only the lids, and on our true photos makes them and the brows a little worse.
 */

import * as tf from '@tensorflow/tfjs-core'
import type { Config, FaceResult, Human } from '@vladmandic/human'
import { parseCalibration } from '../faces/calibration'
import stored from '../faces/calibration.json'
import { createFaceFinder, type FaceFinder } from '../faces/faceFinder'
import type { RgbaImage } from '../shared/image'

/** Human's own default. */
const MIN_CONFIDENCE = 0.2
/** Faces looked for in a photo. */
export const MAX_FACES = 10

/** Human with its models loaded; pictures go through `detectFaces`. */
export type LoadedHuman = Pick<Human, 'load' | 'detect'>
export type HumanClass = new (config: Partial<Config>) => LoadedHuman

/** Face and mesh alone, no memory from one picture to the next, no picture filter, nothing kept in the browser's database. */
export function humanConfiguration(wasmPath: string, modelBasePath: string, maxDetected: number): Partial<Config> {
  const off = { enabled: false }
  return {
    backend: 'wasm',
    wasmPath,
    modelBasePath,
    cacheModels: false,
    async: false,
    cacheSensitivity: 0,
    warmup: 'none',
    filter: off,
    face: {
      enabled: true,
      detector: { enabled: true, rotation: true, maxDetected, minConfidence: MIN_CONFIDENCE },
      mesh: { enabled: true },
      iris: off,
      description: off,
      emotion: off,
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  }
}

/** The faces of a picture, the most certain first, in its pixels; with age and sex when `withDescription`. */
export async function detectFaces(human: LoadedHuman, { data, width, height }: RgbaImage, withDescription = false): Promise<FaceResult[]> {
  const input = tf.tidy(() => {
    const rgba = tf.tensor4d(new Int32Array(data), [1, height, width, 4], 'int32')
    return tf.cast(tf.slice(rgba, [0, 0, 0, 0], [1, height, width, 3]), 'float32') // [1, H, W, 3] in 0–255
  })
  try {
    const settings: Partial<Config> = { face: { description: { enabled: withDescription, minConfidence: 0 } } }
    // Human declares its input against its own bundled copy of the tensor type.
    const result = await human.detect(input as unknown as Parameters<typeof human.detect>[0], settings)
    if (result.error) throw new Error(`the face detector failed: ${result.error}`)
    return result.face
  } finally {
    input.dispose()
  }
}

/** @throws Error when the stored calibration was made with another version of the detector */
export function humanFaceFinder(human: LoadedHuman, version: string): FaceFinder {
  const { detector, offsets } = parseCalibration(stored, stored.detector)
  if (!detector.startsWith(`human ${version},`)) throw new Error(`The calibration was made with "${detector}", not human ${version}.`)
  const detect = async (square: RgbaImage) =>
    (await detectFaces(human, square)).map(({ mesh = [], faceScore, rotation }) => ({
      ...{ mesh, score: faceScore },
      ...{ yaw: rotation?.angle.yaw ?? 0, pitch: rotation?.angle.pitch ?? 0 },
    }))
  return createFaceFinder(`human ${version}`, detect, offsets)
}
