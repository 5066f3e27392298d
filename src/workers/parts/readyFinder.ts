/** The finder of faces, loaded with the first photo that a worker looks at. */

import { loadFaceFinder } from '../../detection/browser'
import type { FaceFinder } from '../../faces/faceFinder'
import { wasmSetup } from '../../inference/setups/wasm'
import { WASM_FILES } from '../../inference/setups/wasmFiles'
import { StudioError } from '../../shared/errors'
import type { PhotoStage } from '../photosProtocol'

let finder: Promise<FaceFinder> | null = null

export async function readyFinder(detectorUrl: string, onStage: (stage: PhotoStage) => void): Promise<FaceFinder> {
  if (!finder) onStage('loading-finder')
  finder ??= load(detectorUrl).catch((error: unknown) => {
    finder = null
    throw error
  })
  const loaded = await finder
  onStage('finding')
  return loaded
}

async function load(detectorUrl: string): Promise<FaceFinder> {
  const result = await wasmSetup(WASM_FILES)(true)
  if (result.outcome !== 'ready') throw new StudioError('no-backend', `The face finder cannot run here: ${result.detail}.`)
  return loadFaceFinder(detectorUrl)
}
