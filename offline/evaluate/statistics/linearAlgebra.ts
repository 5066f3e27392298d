/** The little linear algebra that the evaluation needs: symmetric eigenvalues, leading principal components, a linear system. */

/** Rows of numbers. */
export type Matrix = readonly Float64Array[]

export const zeros = (rows: number, columns: number): Float64Array[] => Array.from({ length: rows }, () => new Float64Array(columns))

const at = (m: Matrix, row: number, column: number): number => (m[row] as Float64Array)[column] as number

export function multiply(a: Matrix, b: Matrix): Float64Array[] {
  const product = zeros(a.length, b[0]?.length ?? 0)
  for (const [i, row] of product.entries()) {
    for (const [k, other] of b.entries()) {
      const factor = at(a, i, k)
      for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) + factor * (other[j] as number)
    }
  }
  return product
}

export const transpose = (m: Matrix): Float64Array[] =>
  Array.from({ length: m[0]?.length ?? 0 }, (_, j) => Float64Array.from(m, (row) => row[j] as number))

export interface Eigen {
  /** Largest first. */
  values: number[]
  /** Unit vectors as rows, in the order of the values. */
  vectors: Float64Array[]
}

const SWEEPS = 60
const CONVERGED = 1e-22

/** Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, 8.5). */
export function symmetricEigen(matrix: Matrix): Eigen {
  const n = matrix.length
  const a = matrix.map((row) => row.slice())
  const v = zeros(n, n)
  for (const [i, row] of v.entries()) row[i] = 1
  const scale = a.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += at(a, p, q) ** 2
    if (off <= CONVERGED * scale) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q)
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(a, j, j) - at(a, i, i))
  const columns = transpose(v)
  return { values: order.map((i) => at(a, i, i)), vectors: order.map((i) => columns[i] as Float64Array) }
}

/** Makes a[p][q] zero. */
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const apq = at(a, p, q)
  if (apq === 0) return
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq)
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  const turn = (row: Float64Array) => {
    const [x, y] = [row[p] as number, row[q] as number]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  for (const row of a) turn(row)
  const [rowP, rowQ] = [a[p] as Float64Array, a[q] as Float64Array]
  for (let i = 0; i < rowP.length; i++) {
    const [x, y] = [rowP[i] as number, rowQ[i] as number]
    rowP[i] = c * x - s * y
    rowQ[i] = s * x + c * y
  }
  for (const row of v) turn(row)
}

/** Mean and covariance (divided by n − 1) of samples as rows. */
export function gaussianOf(samples: Matrix): { mean: Float64Array; covariance: Float64Array[] } {
  const dimension = samples[0]?.length ?? 0
  const mean = new Float64Array(dimension)
  for (const sample of samples) for (let j = 0; j < dimension; j++) mean[j] = (mean[j] as number) + (sample[j] as number) / samples.length
  const covariance = zeros(dimension, dimension)
  for (const sample of samples) {
    for (let i = 0; i < dimension; i++) {
      const row = covariance[i] as Float64Array
      const deviation = ((sample[i] as number) - (mean[i] as number)) / Math.max(1, samples.length - 1)
      for (let j = 0; j < dimension; j++) row[j] = (row[j] as number) + deviation * ((sample[j] as number) - (mean[j] as number))
    }
  }
  return { mean, covariance }
}

const ITERATIONS = 30

/** The leading eigenvectors of a large symmetric matrix, by subspace iteration from a fixed start; the last ones are approximate. */
export function leadingEigen(matrix: Matrix, count: number): Eigen {
  let basis = orthonormal(Array.from({ length: count }, (_, k) => Float64Array.from(matrix, (_, i) => Math.cos((k + 1) * (i + 1.7)))))
  for (let i = 0; i < ITERATIONS; i++) basis = orthonormal(multiply(basis, matrix))
  const inner = symmetricEigen(multiply(multiply(basis, matrix), transpose(basis)))
  return { values: inner.values, vectors: multiply(inner.vectors, basis) }
}

/** Gram–Schmidt on rows. */
function orthonormal(rows: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const row of rows) {
    const rest = row.slice()
    for (const other of basis) {
      const along = rest.reduce((sum, x, i) => sum + x * (other[i] as number), 0)
      for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - along * (other[i] as number)
    }
    const length = Math.hypot(...rest)
    basis.push(rest.map((x) => x / length))
  }
  return basis
}

/** Solves `a · x = b` for several right-hand sides (columns of b) by Gaussian elimination with partial pivoting. @throws Error when singular */
export function solve(a: Matrix, b: Matrix): Float64Array[] {
  const n = a.length
  const rows: Float64Array[] = a.map((row, i) => Float64Array.from([...row, ...(b[i] as Float64Array)]))
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++) if (Math.abs(at(rows, i, k)) > Math.abs(at(rows, pivot, k))) pivot = i
    const top = rows[pivot] as Float64Array
    rows[pivot] = rows[k] as Float64Array
    rows[k] = top
    if (Math.abs(top[k] as number) < 1e-12) throw new Error('The linear system has no unique solution.')
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const row = rows[i] as Float64Array
      const factor = (row[k] as number) / (top[k] as number)
      if (factor !== 0) for (let j = k; j < row.length; j++) row[j] = (row[j] as number) - factor * (top[j] as number)
    }
  }
  return rows.map((row, i) => row.slice(n).map((x) => x / (row[i] as number)))
}
