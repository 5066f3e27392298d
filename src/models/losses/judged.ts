/** A multi-scale discriminator's outputs (`scale.S.layer.L`) sorted into what losses look at: judgements, and the layers below them. */

import type { Tensor4D } from '@tensorflow/tfjs-core'

export interface Judged {
  /** The last layer of every scale: a map of judgements. */
  readonly judgements: readonly Tensor4D[]
  /** The layers before it, of every scale. */
  readonly features: readonly Tensor4D[]
}

export function judged(outputs: Readonly<Record<string, Tensor4D>>): Judged {
  const scales = new Map<string, Tensor4D[]>()
  for (const [name, tensor] of Object.entries(outputs)) {
    const scale = name.slice(0, name.indexOf('.layer.'))
    scales.set(scale, [...(scales.get(scale) ?? []), tensor])
  }
  const layers = [...scales.values()]
  return { judgements: layers.map((scale) => scale.at(-1) as Tensor4D), features: layers.flatMap((scale) => scale.slice(0, -1)) }
}
