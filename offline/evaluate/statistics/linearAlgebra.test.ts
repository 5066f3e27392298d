import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { gaussianOf, leadingEigen, solve, symmetricEigen } from './linearAlgebra'

const matrix = (...rows: number[][]) => new Matrix(rows)

describe('symmetricEigen', () => {
  it('finds values and vectors, largest first', () => {
    const { values, vectors } = symmetricEigen(matrix([2, 1], [1, 2]))
    expect(values[0]).toBeCloseTo(3, 12)
    expect(values[1]).toBeCloseTo(1, 12)
    expect(Math.abs(vectors.get(0, 0))).toBeCloseTo(Math.SQRT1_2, 12)
  })

  it('puts a matrix together again from its vectors', () => {
    const a = matrix([4, 1, -2, 0.5], [1, 3, 0, 1], [-2, 0, 5, -1], [0.5, 1, -1, 2])
    const { values, vectors } = symmetricEigen(a)
    const again = vectors.mmul(Matrix.diag(values)).mmul(vectors.transpose())
    expect(Matrix.sub(again, a).abs().max()).toBeLessThan(1e-10)
  })
})

describe('leadingEigen', () => {
  it('finds the first components of a larger matrix', () => {
    const samples = Array.from({ length: 60 }, (_, i) =>
      Float64Array.from({ length: 12 }, (_, j) => Math.sin(i * (j + 1)) * 2 ** -j + (j === 5 ? i : 0)),
    )
    const { covariance } = gaussianOf(samples)
    const all = symmetricEigen(covariance)
    const leading = leadingEigen(covariance, 3)
    leading.values.forEach((value, i) => {
      expect(value / (all.values[i] ?? 0)).toBeCloseTo(1, 6)
    })
  })
})

describe('gaussianOf', () => {
  it('gives mean and unbiased covariance', () => {
    const { mean, covariance } = gaussianOf([
      [1, 2],
      [3, 6],
      [5, 4],
    ])
    expect([...mean]).toEqual([3, 4])
    expect(covariance.to2DArray()).toEqual([
      [4, 2],
      [2, 4],
    ])
  })
})

describe('solve', () => {
  it('solves for several right-hand sides, whatever the order of the rows', () => {
    const x = solve(matrix([0, 2, 0], [1, 1, 0], [0, 0, 4]), matrix([2, 4], [3, 3], [4, 8]))
    expect(
      Matrix.sub(x, matrix([2, 1], [1, 2], [1, 2]))
        .abs()
        .max(),
    ).toBeLessThan(1e-12)
  })

  it('refuses a singular system', () => {
    expect(() => solve(matrix([1, 2], [2, 4]), matrix([1], [2]))).toThrow('no unique solution')
  })
})
