/**
 * Exact Euclidean distances on a square bitmap, in linear time: Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions",
 * Theory of Computing 8 (2012), section 3.
 */

const FAR = 1e12

/**
 * Squared distance of every pixel centre to the nearest pixel for which `isSource` holds.
 * @returns `[sizePx · sizePx]`, row-major, in pixels²; at least 1e11 everywhere when there is no source
 */
export function squaredDistances(sizePx: number, isSource: (index: number) => boolean): Float64Array {
  const field = new Float64Array(sizePx * sizePx)
  for (let i = 0; i < field.length; i++) field[i] = isSource(i) ? 0 : FAR
  const line = new Float64Array(sizePx)
  const envelope = { vertices: new Int32Array(sizePx), bounds: new Float64Array(sizePx + 1) }
  for (let x = 0; x < sizePx; x++) {
    for (let y = 0; y < sizePx; y++) line[y] = field[y * sizePx + x] ?? FAR
    transformLine(line, envelope, (y, value) => {
      field[y * sizePx + x] = value
    })
  }
  for (let y = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++) line[x] = field[y * sizePx + x] ?? FAR
    transformLine(line, envelope, (x, value) => {
      field[y * sizePx + x] = value
    })
  }
  return field
}

interface Envelope {
  /** Where the parabolas of the lower envelope have their vertices, and between which bounds each is the lowest. */
  readonly vertices: Int32Array
  readonly bounds: Float64Array
}

function transformLine(f: Float64Array, { vertices, bounds }: Envelope, write: (i: number, value: number) => void): void {
  let k = 0
  vertices[0] = 0
  bounds[0] = Number.NEGATIVE_INFINITY
  bounds[1] = Number.POSITIVE_INFINITY
  for (let q = 1; q < f.length; q++) {
    let crossing = intersection(f, q, vertices[k] ?? 0)
    while (crossing <= (bounds[k] ?? 0)) {
      k--
      crossing = intersection(f, q, vertices[k] ?? 0)
    }
    k++
    vertices[k] = q
    bounds[k] = crossing
    bounds[k + 1] = Number.POSITIVE_INFINITY
  }
  k = 0
  for (let q = 0; q < f.length; q++) {
    while ((bounds[k + 1] ?? 0) < q) k++
    const vertex = vertices[k] ?? 0
    write(q, (q - vertex) * (q - vertex) + (f[vertex] ?? 0))
  }
}

function intersection(f: Float64Array, q: number, p: number): number {
  return ((f[q] ?? 0) + q * q - ((f[p] ?? 0) + p * p)) / (2 * q - 2 * p)
}
