/** NumPy's `.npy` files of float32 numbers in C order (NEP 1) → shape and values. */

export interface NpyArray {
  shape: readonly number[]
  values: Float32Array
}

const MAGIC = '\x93NUMPY'

/** @throws Error when it is another kind of file or of number */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (from: number, to: number) => Array.from(bytes.subarray(from, to), (byte) => String.fromCharCode(byte)).join('')
  if (bytes.length < 12 || text(0, 6) !== MAGIC) throw new Error('not a .npy file')
  const isFirstVersion = bytes[6] === 1
  const headerFrom = isFirstVersion ? 10 : 12
  const dataFrom = headerFrom + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true))
  const header = text(headerFrom, dataFrom)
  if (!/'descr':\s*'<f4'/.test(header) || !/'fortran_order':\s*False/.test(header)) throw new Error('expected float32 numbers in C order')
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').flatMap((n) => (n.trim() === '' ? [] : [Number(n)]))
  const count = shape.reduce((product, n) => product * n, 1)
  if (bytes.length - dataFrom !== 4 * count) throw new Error(`holds ${bytes.length - dataFrom} bytes instead of ${4 * count}`)
  return { shape, values: new Float32Array(new Uint8Array(bytes.subarray(dataFrom)).buffer) }
}
