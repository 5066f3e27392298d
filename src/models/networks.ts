/** Networks by the family name that a manifest gives, generators and discriminators alike. A new one is one new file plus one line here. */

import { identityClassifier } from './discriminators/identityClassifier'
import { patchGan } from './discriminators/patchGan'
import { spectralPatch } from './discriminators/spectralPatch'
import { apDrawing } from './generators/apDrawing'
import { cartoonUnet } from './generators/cartoonUnet'
import { pix2pixHd } from './generators/pix2pixHd'
import { tpGan } from './generators/tpGan'
import { unet } from './generators/unet'
import type { Network, Tensors } from './network'
import { faceReader } from './readers/faceReader'

export const NETWORKS = { pix2pixHd, unet, tpGan, cartoonUnet, apDrawing, patchGan, spectralPatch, identityClassifier, faceReader } as const
export type NetworkFamily = keyof typeof NETWORKS

export const FAMILIES = Object.keys(NETWORKS) as NetworkFamily[]

/** A network with its types hidden: whoever loads checkpoints only passes configuration and tensors through. */
export type AnyNetwork = Network<unknown, Tensors, Tensors>

export function networkOf(family: NetworkFamily): AnyNetwork {
  return NETWORKS[family] as unknown as AnyNetwork
}
