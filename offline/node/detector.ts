/**
 * The landmark detector: Human 3.3.6 (BlazeFace, then its face mesh) on TensorFlow.js's wasm back end in Node, models from its own package; when asked,
 * its estimate of age and sex (faceres) too.
 *
 * Human's iris model stays off: it moves only the lids, and on our true photos makes them and the brows a little worse.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { Config, FaceResult, Human as HumanClass } from '@vladmandic/human'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { landmark68OfMesh } from '../../src/faces/meshLandmarks'
import { type RgbaImage, resizeSquare } from '../../src/shared/image'
import { wasmFolder } from './wasmFolder'

/** Pictures are enlarged to this before detection; the mesh is a little more exact than at 256. */
const DETECTION_SIZE_PX = 512
/** Human's own default. */
const MIN_CONFIDENCE = 0.2
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

/** Human with its models loaded; pictures go through `detectFaces`. */
export type LoadedHuman = Pick<HumanClass, 'load' | 'detect'>

interface HumanModule {
  Human: new (config: Partial<Config>) => LoadedHuman
}

/** Human's configuration: face and mesh alone, no memory from one picture to the next, no picture filter. */
function configuration(wasmPath: string, modelBasePath: string, maxDetected: number): Partial<Config> {
  const off = { enabled: false }
  return {
    backend: 'wasm',
    wasmPath,
    modelBasePath,
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

/** Lets TensorFlow.js load graph models from `file://` addresses, which Node's `fetch` refuses. */
function registerFileLoader(): void {
  tf.io.registerLoadRouter((url) => {
    if (typeof url !== 'string' || !url.startsWith('file://')) return null as unknown as tf.io.IOHandler
    return {
      load: () =>
        tf.io.getModelArtifactsForJSON(JSON.parse(readFileSync(new URL(url), 'utf8')) as tf.io.ModelJSON, async (manifest) => {
          const shards = manifest.flatMap((group) => group.paths).map((shard) => readFileSync(new URL(shard, url)))
          return [manifest.flatMap((group) => group.weights), new Uint8Array(Buffer.concat(shards)).buffer]
        }),
    }
  })
}

/** Loads Human. It shares this process's TensorFlow.js, so load it before anything else chooses a back end. */
export async function loadHuman(maxFaces: number): Promise<{ human: LoadedHuman; version: string }> {
  const require = createRequire(import.meta.url)
  // The package's export map does not name its wasm build, so it is found beside the entry that the map does name.
  const distribution = path.dirname(require.resolve('@vladmandic/human'))
  const { version } = JSON.parse(readFileSync(path.join(distribution, '../package.json'), 'utf8')) as { version: string }
  registerFileLoader()
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const { Human } = require(path.join(distribution, 'human.node-wasm.js')) as HumanModule
  const human = new Human(configuration(wasmFolder(), pathToFileURL(path.join(distribution, '../models/')).href, maxFaces))
  await human.load()
  return { human, version }
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
