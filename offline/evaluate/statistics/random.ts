/** Seeded random choices of the evaluation: the same in every run, so that two models are asked the same. */

import { mulberry32 } from '../../../src/shared/rng'

/** A generator that depends on a text (a face's name and what it is for). FNV-1a. */
export function randomFor(text: string): () => number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return mulberry32(hash)
}

/** Normal with mean 0 and deviation 1 (Box and Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** `count` different items in random order. */
export function draw<T>(items: readonly T[], count: number, random: () => number): T[] {
  const pool = [...items]
  const chosen: T[] = []
  while (chosen.length < count && pool.length > 0) chosen.push(...pool.splice(Math.floor(random() * pool.length), 1))
  return chosen
}
