/**
 * Which of the training's people a code belongs to: one dense layer, code `[B, codeLength]` → logits `[B, people]`. TP-GAN's encoder is held to identities by its
 * cross-entropy (Huang et al. 2017, section 3.2.5). Twin: `pipeline/networks/identity_classifier.py`.
 */

import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import { type Network, param } from '../network'
import { dense, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'

export interface IdentityClassifierConfig {
  codeLength: number
  people: number
}

const SCHEMA = object({ codeLength: wholeNumber(1, 4096), people: wholeNumber(1, 1_000_000) })
const UNBOUNDED = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const

function plan({ codeLength, people }: IdentityClassifierConfig): PlannedParameter[] {
  return [dense('logits.kernel', [codeLength, people], { deviation: Math.sqrt(1 / codeLength) }), vector('logits.bias', people)]
}

export const identityClassifier: Network<IdentityClassifierConfig, { readonly code: Tensor2D }, { readonly logits: Tensor2D }> = {
  family: 'identityClassifier',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config) => specsOf(plan(config)),
  inputs: ({ codeLength }) => ({ code: { shape: [null, codeLength], range: UNBOUNDED } }),
  outputs: ({ people }) => ({ logits: { shape: [null, people], range: UNBOUNDED } }),
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward: (_, params, { code }) =>
    tf.tidy(() => ({ logits: tf.add(tf.matMul(code, param<Tensor2D>(params, 'logits.kernel')), param(params, 'logits.bias')) })),
}
