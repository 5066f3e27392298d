/** Generators by the family name that a manifest gives. A new one is one new file plus one line here. */

import type { Model } from '../model'
import { pix2pixHd } from './pix2pixHd'

export const GENERATORS = { pix2pixHd } as const
export type GeneratorFamily = keyof typeof GENERATORS

export function isGeneratorFamily(value: unknown): value is GeneratorFamily {
  return typeof value === 'string' && Object.hasOwn(GENERATORS, value)
}

/** A generator with its configuration type hidden: whoever loads checkpoints only passes the configuration through. */
export function generatorOf(family: GeneratorFamily): Model<unknown> {
  return GENERATORS[family] as Model<unknown>
}
