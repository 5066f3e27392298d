/** The plain JavaScript back end: slow, and always there. */

import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { SetUp } from '../backends'

export const cpuSetup: SetUp = async () => {
  tf.enableProdMode() // No advice about tfjs-node on standard error.
  await tf.setBackend('cpu')
  return { outcome: 'ready', detail: 'plain JavaScript', onLost: () => {} }
}
