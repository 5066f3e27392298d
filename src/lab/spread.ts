/**
 * How features lie: within a group, how far its vectors are from their mean; between groups, how far their means are from one another. Both as shares of the mean length
 * of all vectors of that layer, so that layers and models can be compared.
 */

import { distinctVectors, type Vector } from './vectors'

export interface GroupSpread {
  readonly count: number
  /** Vectors that differ in at least one bit; 1: all are equal. */
  readonly distinct: number
  /** Vectors without any length: a layer that is cut off to zero at this place says nothing of it. */
  readonly zeros: number
  /** Mean distance from the group's mean; `null` for a group of fewer than two. */
  readonly within: number | null
}

export interface LayerSpread {
  readonly groups: readonly GroupSpread[]
  /** Mean of the groups' `within`; `null` when no group has one. */
  readonly within: number | null
  /** Mean distance of the means of two groups; `null` with fewer than two groups. */
  readonly between: number | null
}

/** @param groups the vectors of each group, all of one layer; groups may be empty */
export function layerSpread(groups: readonly (readonly Vector[])[]): LayerSpread {
  const unit = mean(groups.flat().map(lengthOf)) || 1
  const centres = groups.map(centreOf)
  const spreads = groups.map((vectors, i): GroupSpread => {
    const { length: distinct } = distinctVectors(vectors).vectors
    // The mean of equal numbers can round away from them.
    const within = distinct === 1 ? 0 : mean(vectors.map((vector) => distance(vector, centres[i] as Float64Array))) / unit
    const zeros = vectors.filter((vector) => lengthOf(vector) === 0).length
    return { count: vectors.length, distinct, zeros, within: vectors.length < 2 ? null : within }
  })
  const filled = centres.filter((_, i) => (groups[i]?.length ?? 0) > 0)
  const pairs = filled.flatMap((a, i) => filled.slice(i + 1).map((b) => distance(a, b)))
  const withins = spreads.flatMap(({ within }) => within ?? [])
  return {
    groups: spreads,
    within: withins.length > 0 ? mean(withins) : null,
    between: pairs.length > 0 ? mean(pairs) / unit : null,
  }
}

function centreOf(vectors: readonly Vector[]): Float64Array {
  const centre = new Float64Array(vectors[0]?.length ?? 0)
  for (const vector of vectors)
    for (let i = 0; i < centre.length; i++) centre[i] = (centre[i] as number) + (vector[i] as number) / vectors.length
  return centre
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.sqrt(sum)
}

const lengthOf = (vector: Vector): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0)
