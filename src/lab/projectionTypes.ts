/** What the lab's worker is asked: vectors in, places in the plane out, step by step. */

export const PROJECTION_METHODS = ['pca', 'tsne'] as const
export type ProjectionMethod = (typeof PROJECTION_METHODS)[number]

/** As the thesis has it. */
export const PERPLEXITY = 15

/** Below this many different vectors there are no neighbours to keep: principal components are shown. */
export const LEAST_FOR_TSNE = 5

export interface ProjectionRequest {
  readonly method: ProjectionMethod
  /** Flat, one after another. */
  readonly vectors: Float32Array<ArrayBuffer>
  /** Of one vector. */
  readonly length: number
  /** Of what t-SNE starts from; the same seed gives the same picture. */
  readonly seed: number
}

export interface Projection {
  /** Flat x, y, one a vector; equal vectors lie at the same place. */
  readonly places: Float32Array<ArrayBuffer>
  /** How far it has come, 0–1. */
  readonly fraction: number
  /** Share of the variance that each of the two axes holds; `null` where axes mean nothing. */
  readonly variance: readonly [number, number] | null
}
