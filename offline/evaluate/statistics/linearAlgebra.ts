/** What the evaluation needs beyond ml-matrix: eigenvectors by size, a Gaussian of samples, and a linear system that says when it has no answer. */

import { covariance, EigenvalueDecomposition, LuDecomposition, Matrix, QrDecomposition } from 'ml-matrix'

export interface Eigen {
  /** Largest first. */
  values: number[]
  /** Unit vectors as columns, in the order of the values. */
  vectors: Matrix
}

export function symmetricEigen(matrix: Matrix): Eigen {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  const order = realEigenvalues.map((_, i) => i).sort((i, j) => (realEigenvalues[j] ?? 0) - (realEigenvalues[i] ?? 0))
  return { values: order.map((i) => realEigenvalues[i] ?? 0), vectors: eigenvectorMatrix.subMatrixColumn(order) }
}

/** Mean and covariance (divided by n − 1) of samples as rows. */
export function gaussianOf(samples: readonly ArrayLike<number>[]): { mean: Float64Array; covariance: Matrix } {
  const rows = new Matrix(samples.map((sample) => Array.from(sample)))
  return { mean: Float64Array.from(rows.mean('column')), covariance: covariance(rows) }
}

const ITERATIONS = 30

/** The leading eigenvectors of a large symmetric matrix, by subspace iteration from a fixed start; the last ones are approximate. */
export function leadingEigen(matrix: Matrix, count: number): Eigen {
  const orthonormal = (columns: Matrix): Matrix => new QrDecomposition(columns).orthogonalMatrix
  const start = Array.from({ length: matrix.rows }, (_, i) => Array.from({ length: count }, (_, k) => Math.cos((k + 1) * (i + 1.7))))
  let basis = orthonormal(new Matrix(start))
  for (let i = 0; i < ITERATIONS; i++) basis = orthonormal(matrix.mmul(basis))
  const inner = symmetricEigen(basis.transpose().mmul(matrix).mmul(basis))
  return { values: inner.values, vectors: basis.mmul(inner.vectors) }
}

/** Solves `a · x = b` for several right-hand sides (columns of b). @throws Error when singular */
export function solve(a: Matrix, b: Matrix): Matrix {
  const factors = new LuDecomposition(a)
  if (factors.isSingular()) throw new Error('The linear system has no unique solution.')
  return factors.solve(b)
}
