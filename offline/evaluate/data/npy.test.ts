import { describe, expect, it } from 'vitest'
import { parseNpy } from './npy'

function npy(header: string, values: readonly number[]): Uint8Array {
  const padded = header.padEnd(118 - 1)
  const head = [0x93, ...Array.from('NUMPY', (c) => c.charCodeAt(0)), 1, 0, 118, 0, ...Array.from(`${padded}\n`, (c) => c.charCodeAt(0))]
  return new Uint8Array([...head, ...new Uint8Array(new Float32Array(values).buffer)])
}

describe('parseNpy', () => {
  it('reads shape and values', () => {
    const array = parseNpy(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", [1, 2, 3, 4.5, -5, 6]))
    expect(array.shape).toEqual([2, 3])
    expect([...array.values]).toEqual([1, 2, 3, 4.5, -5, 6])
    expect(parseNpy(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", [7, 8])).shape).toEqual([2])
  })

  it('refuses other files, other numbers and cut ones', () => {
    expect(() => parseNpy(new Uint8Array(20))).toThrow('not a .npy')
    expect(() => parseNpy(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", [1, 2]))).toThrow('float32')
    expect(() => parseNpy(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", [1, 2]))).toThrow('C order')
    expect(() => parseNpy(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", [1, 2]))).toThrow('instead of 12')
  })
})
