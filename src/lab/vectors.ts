/** Vectors of equal length, and which of them are equal to the bit. */

export type Vector = Float32Array<ArrayBuffer>

/** For each vector, which of the different ones it is (by their first appearance); and those. */
export interface Distinct {
  readonly which: readonly number[]
  readonly vectors: readonly Vector[]
}

export function distinctVectors(vectors: readonly Vector[]): Distinct {
  const known = new Map<string, number>()
  const different: Vector[] = []
  const which = vectors.map((vector) => {
    // Every bit counts, so the bytes are compared, as text.
    const key = String.fromCharCode(...new Uint16Array(vector.buffer, vector.byteOffset, 2 * vector.length))
    const place = known.get(key) ?? different.push(vector) - 1
    known.set(key, place)
    return place
  })
  return { which, vectors: different }
}

/** Flat → one by one, without a copy. */
export function splitVectors(flat: Float32Array<ArrayBuffer>, length: number): Vector[] {
  const count = length > 0 ? Math.floor(flat.length / length) : 0
  return Array.from({ length: count }, (_, i) => flat.slice(i * length, (i + 1) * length))
}

export function joinVectors(vectors: readonly Vector[]): Float32Array<ArrayBuffer> {
  const length = vectors[0]?.length ?? 0
  const flat = new Float32Array(vectors.length * length)
  for (const [i, vector] of vectors.entries()) flat.set(vector, i * length)
  return flat
}
