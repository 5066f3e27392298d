/**
 * Vectors → places in the plane: principal components, or t-SNE (van der Maaten and Hinton 2008) with the thesis's perplexity. Equal vectors are one place: t-SNE is given
 * each once, as it would else blow a heap of equal ones up to a disc.
 */

import { TSNE } from '@keckelt/tsne'
import { Matrix, SVD } from 'ml-matrix'
import { mulberry32 } from '../shared/rng'
import { LEAST_FOR_TSNE, PERPLEXITY, type Projection, type ProjectionRequest } from './projectionTypes'
import { distinctVectors, splitVectors, type Vector } from './vectors'

const STEPS = 600
/** Between two pictures of what goes on. */
const STEPS_SHOWN = 12
/** t-SNE's learning rate, as its authors' code has it for few points. */
const EPSILON = 10
/** Length to which the mean distance is brought first: t-SNE's search for a width starts from 1. */
const UNIT = 3

/** One projection after another as it gets better; the last one is the result. */
export function* project({ method, vectors: flat, length, seed }: ProjectionRequest): Generator<Projection> {
  const { which, vectors } = distinctVectors(splitVectors(flat, length))
  const spread = (places: readonly (readonly number[])[]): Float32Array<ArrayBuffer> =>
    Float32Array.from(which.flatMap((place) => [places[place]?.[0] ?? 0, places[place]?.[1] ?? 0]))
  if (method === 'pca' || vectors.length < LEAST_FOR_TSNE) {
    // Of all vectors: a place where many lie counts as often.
    const { places, variance } = principalComponents(which.map((place) => vectors[place] as Vector))
    yield { places: Float32Array.from(places.flatMap(([x = 0, y = 0]) => [x, y])), fraction: 1, variance }
    return
  }
  const tsne = new SeededTsne(Math.min(PERPLEXITY, (vectors.length - 1) / 3), seed)
  tsne.initDataRaw(scaled(vectors))
  for (let step = 1; step <= STEPS; step++) {
    tsne.step()
    if (step % STEPS_SHOWN === 0 || step === STEPS) yield { places: spread(tsne.getSolution()), fraction: step / STEPS, variance: null }
  }
}

class SeededTsne extends TSNE {
  private readonly next: () => number

  constructor(perplexity: number, seed: number) {
    super({ perplexity, dim: 2, epsilon: EPSILON })
    this.next = mulberry32(seed)
  }

  /** Box and Muller 1958, from our own random numbers. */
  override gaussRandom(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }
}

/** @returns two coordinates a vector, and the share of the variance along each */
export function principalComponents(vectors: readonly Vector[]): { places: number[][]; variance: readonly [number, number] } {
  const { length: dimensions = 0 } = vectors[0] ?? []
  if (vectors.length === 0 || dimensions === 0) return { places: vectors.map(() => [0, 0]), variance: [0, 0] }
  const centred = new Matrix(vectors.map((vector) => [...vector])).center('column')
  const svd = new SVD(centred, { computeLeftSingularVectors: false, autoTranspose: true })
  const powers = svd.diagonal.map((value) => value * value)
  const total = powers.reduce((sum, value) => sum + value, 0)
  const axes = [0, 1].map((axis) => (axis < powers.length ? upright(svd.rightSingularVectors.getColumn(axis)) : null))
  const places = centred
    .to2DArray()
    .map((row) => axes.map((axis) => axis?.reduce((sum, value, i) => sum + value * (row[i] as number), 0) ?? 0))
  const share = (axis: number): number => (total > 0 ? (powers[axis] ?? 0) / total : 0)
  return { places, variance: [share(0), share(1)] }
}

/** An axis has no direction of its own: its largest part points up. */
function upright(axis: number[]): number[] {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return largest < 0 ? axis.map((value) => -value) : axis
}

function scaled(vectors: readonly Vector[]): number[][] {
  let sum = 0
  for (const [i, a] of vectors.entries()) {
    for (let j = 0; j < i; j++) {
      const b = vectors[j] as Vector
      let squares = 0
      for (let k = 0; k < a.length; k++) squares += ((a[k] as number) - (b[k] as number)) ** 2
      sum += Math.sqrt(squares)
    }
  }
  const factor = (UNIT * vectors.length * (vectors.length - 1)) / 2 / sum
  return vectors.map((vector) => [...vector].map((value) => value * factor))
}
