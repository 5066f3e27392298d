/**
 * Fréchet distance of two sets of feature vectors, each taken as a Gaussian (Heusel et al. 2017), made fit for a few dozen pictures.
 *
 * With 50 pictures a covariance of 768 features has rank 49, and its distance says more about the count than about the pictures. So the features are
 * first projected on the leading principal components of the training photos, fewer than half as many as there are pictures, and only sets of equal
 * size are compared: the distance of two samples of the same people's photos is not 0, but it is the same bias for every set of that size.
 */

import { Matrix } from 'ml-matrix'
import { gaussianOf, leadingEigen, symmetricEigen } from './linearAlgebra'

/** Principal axes of a reference set. */
export interface Projection {
  mean: Float64Array
  /** Factor for each feature, so that every layer has the same total variance. */
  scale: Float64Array
  /** As rows. */
  axes: readonly Float64Array[]
  /** Share of the reference set's variance that the axes hold. */
  explained: number
}

/**
 * @param samples feature vectors of the reference set
 * @param layers lengths of the layers that a vector is put together from; each is scaled to total variance 1
 */
export function projectionOf(samples: readonly ArrayLike<number>[], layers: readonly number[], dimension: number): Projection {
  const { mean, covariance } = gaussianOf(samples)
  const variances = covariance.diagonal()
  const scale = new Float64Array(mean.length)
  let from = 0
  for (const length of layers) {
    const total = variances.slice(from, from + length).reduce((sum, x) => sum + x, 0)
    scale.fill(1 / Math.sqrt(total), from, from + length)
    from += length
  }
  const factors = [...scale]
  const scaled = covariance.mulColumnVector(factors).mulRowVector(factors)
  const { values, vectors } = leadingEigen(scaled, dimension)
  const axes = Array.from({ length: dimension }, (_, k) => Float64Array.from(vectors.getColumn(k)))
  return { mean, scale, axes, explained: values.reduce((sum, x) => sum + x, 0) / layers.length }
}

export function project({ mean, scale, axes }: Projection, sample: ArrayLike<number>): Float64Array {
  const centred = Float64Array.from(mean, (m, i) => ((sample[i] as number) - m) * (scale[i] as number))
  return Float64Array.from(axes, (axis) => axis.reduce((sum, x, i) => sum + x * (centred[i] as number), 0))
}

/** |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2·(Σ₁^½ Σ₂ Σ₁^½)^½) of two sets of vectors. */
export function frechetDistance(first: readonly ArrayLike<number>[], second: readonly ArrayLike<number>[]): number {
  const a = gaussianOf(first)
  const b = gaussianOf(second)
  const means = a.mean.reduce((sum, x, i) => sum + (x - (b.mean[i] as number)) ** 2, 0)
  const root = squareRoot(a.covariance)
  const { values } = symmetricEigen(root.mmul(b.covariance).mmul(root))
  const cross = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
  return means + a.covariance.trace() + b.covariance.trace() - 2 * cross
}

function squareRoot(matrix: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(matrix)
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)))
  return vectors.mmul(Matrix.diag(roots)).mmul(vectors.transpose())
}
