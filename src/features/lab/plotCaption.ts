/** What a plot says of itself in words: how much there is to be seen, and why it may be little. */

import type { ProjectionMethod } from '../../lab/projectionTypes'
import { LEAST_FOR_TSNE } from '../../lab/projectionTypes'
import type { Messages } from '../ui/i18n/messages'

interface Shown {
  /** Vectors that differ in at least one bit. */
  readonly different: number
  readonly drawings: number
  readonly method: ProjectionMethod
  readonly variance: readonly [number, number] | null
}

export function plotCaption({ lab }: Messages, { different, drawings, method, variance }: Shown): string {
  if (drawings === 1) return lab.oneDrawing
  if (different === 1) return lab.allEqual(drawings)
  const sentences = [lab.differentVectors(different, drawings)]
  if (method === 'tsne' && different < LEAST_FOR_TSNE) sentences.push(lab.tooFewForTsne)
  else if (variance) sentences.push(lab.variance(Math.round(100 * (variance[0] + variance[1]))))
  return sentences.join(' ')
}
