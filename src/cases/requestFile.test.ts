import { describe, expect, it } from 'vitest'
import type { GenerateRequest } from '../workers/protocol'
import { reproductionOf } from './reproduction'
import { readRequest, writeRequest } from './requestFile'

const SIZE = 8
const pixels = (channels: number, seed: number) =>
  Uint8ClampedArray.from({ length: channels * SIZE * SIZE }, (_, i) => (i * 31 + seed) % 256)
const tolerance = { jaw: 0.1, brows: 0, eyes: 0.3, nose: 1, mouth: 0, rest: 0.5 }
const look = { age: 34, hair: 'long', skin: [200, 170, 150] as const, beard: null }
const full: GenerateRequest = {
  revision: 0,
  sketch: pixels(1, 1),
  look: { ...look, skin: [200, 170, 150] },
  tolerance,
  locality: {
    hold: { id: 'hold-1', sketch: pixels(1, 2), look: { age: 20 } },
    lockOutside: true,
    reference: { pixels: pixels(4, 3) },
    region: pixels(1, 4),
  },
}

describe('all that a face was made of', () => {
  it.each([
    ['held and locked', full],
    ['plain', { ...full, tolerance: null, locality: { hold: null, lockOutside: false, reference: null, region: null } }],
  ])('comes back as it was: %s', (_name, request) => {
    expect(readRequest(writeRequest(request, SIZE))).toEqual({ request, sizePx: SIZE })
  })

  it('is written the same each time', () => {
    expect(writeRequest(full, SIZE)).toEqual(writeRequest(full, SIZE))
  })

  it('is refused where it cannot be read', () => {
    expect(() => readRequest(new Uint8Array([1, 2, 3]))).toThrow(/cannot be read/)
    expect(() => readRequest(writeRequest(full, SIZE + 1))).toThrow(/cannot be read/)
  })
})

describe('a face that was made again', () => {
  const kept = pixels(4, 0)
  const off = (by: number) => kept.map((value, i) => (i === 5 ? value + by : value))

  it('must be the same bit by bit on the same exact back end', () => {
    expect(reproductionOf(kept, kept.slice(), { kept: 'wasm', made: 'wasm' })).toEqual({ result: 'same', most: 0 })
    expect(reproductionOf(kept, off(1), { kept: 'wasm', made: 'wasm' })).toEqual({ result: 'different', most: 1 })
  })

  it('may lie within the tolerance elsewhere, and not beyond', () => {
    expect(reproductionOf(kept, off(2), { kept: 'webgpu', made: 'wasm' })).toEqual({ result: 'within', most: 2 })
    expect(reproductionOf(kept, off(3), { kept: 'webgpu', made: 'wasm' })).toEqual({ result: 'different', most: 3 })
    expect(reproductionOf(kept, off(1), { kept: 'webgl', made: 'webgl' })).toEqual({ result: 'within', most: 1 })
    expect(reproductionOf(kept, pixels(4, 0).slice(4), { kept: 'cpu', made: 'wasm' })).toEqual({ result: 'different', most: 255 })
  })
})
