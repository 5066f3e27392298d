import { describe, expect, it } from 'vitest'
import { decodeFloat16, encodeFloat16, float16ToNumber, numberToFloat16 } from './float16'

describe('half precision', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7c00, Number.POSITIVE_INFINITY],
  ])('reads 0x%s', (bits, value) => {
    expect(float16ToNumber(bits)).toBe(value)
    expect(numberToFloat16(value)).toBe(bits)
  })

  it('is its own inverse for every finite number', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((b) => (b & 0x7c00) !== 0x7c00)
    expect(encodeFloat16(decodeFloat16(bits))).toEqual(bits)
  })

  it('rounds to the nearest, ties to even', () => {
    expect(numberToFloat16(1 + 2 ** -11)).toBe(0x3c00)
    expect(numberToFloat16(1 + 3 * 2 ** -11)).toBe(0x3c02)
    expect(numberToFloat16(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01)
    expect(numberToFloat16(Number.NaN) & 0x7c00).toBe(0x7c00)
    expect(Number.isNaN(float16ToNumber(numberToFloat16(Number.NaN)))).toBe(true)
  })
})
