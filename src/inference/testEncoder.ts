/** For tests of the encoder: a tiny model, and an edit far from what is looked at. */

import type { Pix2PixHdConfig } from '../models/generators/pix2pixHdConfig'
import { loadModel } from './loadModel'
import { InferenceSession } from './session'
import { createTestModel, TEST_CONFIG, TEST_SIZE_PX } from './testModel'

const PX = TEST_SIZE_PX

export async function sessionOf(config: Partial<Pix2PixHdConfig>) {
  const { readFile } = await createTestModel({ config: { ...TEST_CONFIG, ...config } })
  return new InferenceSession(await loadModel(readFile, 'tiny'), 'wasm')
}

/** The sketch with a line in its lower right corner, far from every feature that is looked at. */
export function edited(sketch: Uint8ClampedArray): Uint8ClampedArray {
  const copy = Uint8ClampedArray.from(sketch)
  for (let x = PX - 5; x < PX; x++) copy[(PX - 2) * PX + x] = copy[(PX - 2) * PX + x] === 0 ? 255 : 0
  return copy
}
