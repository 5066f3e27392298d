/** The face detector in Node: Human on TensorFlow.js's wasm back end, its models from its own package. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { type HumanClass, humanConfiguration, humanFaceFinder, type LoadedHuman, MAX_FACES } from '../detection/human'
import type { FaceFinder } from '../faces/faceFinder'

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
  const wasmFolder = `${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`
  registerFileLoader()
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const { Human } = require(path.join(distribution, 'human.node-wasm.js')) as { Human: HumanClass }
  const human = new Human(humanConfiguration(wasmFolder, pathToFileURL(path.join(distribution, '../models/')).href, maxFaces))
  await human.load()
  return { human, version }
}

/** The finder of faces with the evaluation's calibration. */
export async function loadFaceFinder(): Promise<FaceFinder> {
  const { human, version } = await loadHuman(MAX_FACES)
  return humanFaceFinder(human, version)
}
