/**
 * How an edit spreads through a generator's encoder: two sketches in, the change of every layer's features at every place out, with what the norms measured and how the
 * strongest channels answer.
 */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { NormMoments } from '../models/network'
import { StudioError } from '../shared/errors'
import type { ChannelChange, FeatureChange, FeatureChangeRequest, LayerChange, NormMeasures } from '../workers/protocol'
import { watchEncoder } from './features'
import type { ModelPass } from './modelPass'
import type { Arrays } from './tasks/task'

type Asked = Pick<FeatureChangeRequest, 'hold' | 'channels'>
type Statistics = Map<string, NormMoments>

/**
 * Each place's change is in mean lengths of the layer's vectors before: an edit seen as it spreads.
 * @throws StudioError for a network without such an encoder, and for a layer that it does not have
 */
export async function changeOfFeatures(
  pass: ModelPass,
  before: Arrays,
  after: Arrays,
  { hold = false, channels }: Asked,
): Promise<Omit<FeatureChange, 'elapsedMs'>> {
  const [was, is]: [Statistics, Statistics] = [new Map(), new Map()]
  const from: Tensor4D[] = []
  const to: Tensor4D[] = []
  try {
    from.push(...watchEncoder(pass, before, (activation) => tf.clone(activation), { kind: 'collect', into: was }))
    const norms = hold ? ({ kind: 'hold', from: was } as const) : ({ kind: 'collect', into: is } as const)
    to.push(...watchEncoder(pass, after, (activation) => tf.clone(activation), norms))
    const layers = await Promise.all(
      from.map(async (activation, layer): Promise<LayerChange> => {
        const name = `encoder.${layer}.norm`
        const [old, now] = await Promise.all([measuresOf(was.get(name)), measuresOf(is.get(name))])
        return {
          px: activation.shape[2],
          change: await numbersOf(() => changeMap(activation, to[layer] as Tensor4D)),
          norm: old && now && { before: old, after: now },
        }
      }),
    )
    return { layers, channels: channels ? await strongest(from[channels.layer], to[channels.layer], channels.most) : [] }
  } finally {
    for (const { mean, variance } of [...was.values(), ...is.values()]) tf.dispose([mean, variance])
    tf.dispose([...from, ...to])
  }
}

/** `[1, H, W, C]` twice → `[1, H, W]`. */
function changeMap(before: Tensor4D, after: Tensor4D): Tensor {
  const length = (x: Tensor): Tensor => tf.sqrt(tf.sum(tf.square(x), 3))
  return tf.divNoNan(length(tf.sub(after, before)), tf.mean(length(before)))
}

async function measuresOf(moments: NormMoments | undefined): Promise<NormMeasures | null> {
  if (!moments) return null
  const [mean, deviation] = await Promise.all([numbersOf(() => tf.clone(moments.mean)), numbersOf(() => tf.sqrt(moments.variance))])
  return { mean, deviation }
}

/** Those of the largest mean before. */
async function strongest(before: Tensor4D | undefined, after: Tensor4D | undefined, most: number): Promise<ChannelChange[]> {
  if (!before || !after) throw new StudioError('bad-request', 'This model’s encoder has no such layer. Choose another one.')
  const [, , px, channels] = before.shape
  const [means, moves, values, later] = await Promise.all([
    numbersOf(() => tf.mean(tf.abs(before), [0, 1, 2])),
    numbersOf(() => tf.mean(tf.abs(tf.sub(after, before)), [0, 1, 2])),
    before.data(),
    after.data(),
  ])
  const strengthOf = (channel: number): number => means[channel] as number
  const mapOf = (all: ArrayLike<number>, channel: number): Float32Array<ArrayBuffer> => {
    const map = new Float32Array(px * px)
    for (let i = 0; i < map.length; i++) map[i] = all[i * channels + channel] as number
    return map
  }
  const ranked = Array.from(means.keys()).sort((a, b) => strengthOf(b) - strengthOf(a) || a - b)
  return ranked.slice(0, most).map((channel) => {
    const [strength, moved] = [strengthOf(channel), moves[channel] as number]
    const change = strength > 0 ? moved / strength : moved > 0 ? null : 0
    return { channel, px, before: mapOf(values, channel), after: mapOf(later, channel), change }
  })
}

/** What is made, as numbers; nothing of it stays. */
async function numbersOf(make: () => Tensor): Promise<Float32Array<ArrayBuffer>> {
  const tensor = tf.tidy(make)
  try {
    return Float32Array.from(await tensor.data())
  } finally {
    tensor.dispose()
  }
}
