/** What is read from maps whose answer is known: landmarks at the centre of their mass, sure where it is narrow, regions by the largest number. */

import { describe, expect, it } from 'vitest'
import { readFace } from './readFace'

const SETTINGS = { id: 'readFace', sizePx: 16 } as const
const SIDE = 8

/** Logits of 68 maps: map k has `peaks(k)` = places with one number each, elsewhere almost nothing. */
function maps(peaks: (k: number) => readonly { x: number; y: number }[]): Float32Array {
  const values = new Float32Array(SIDE * SIDE * 68).fill(-1e4)
  for (let k = 0; k < 68; k++) for (const { x, y } of peaks(k)) values[(y * SIDE + x) * 68 + k] = 0
  return values
}

const noRegions = () => new Float32Array(SIDE * SIDE * 9)

describe('reading a face', () => {
  it('finds landmarks at the centre of their mass, in 0–1, and is sure of a narrow one', () => {
    const landmarks = maps((k) =>
      k === 5
        ? [
            { x: 0, y: 1 },
            { x: 7, y: 1 },
          ]
        : [{ x: k % SIDE, y: 2 }],
    )
    const reading = readFace.decode(SETTINGS, { landmarks, regions: noRegions() }, {})
    expect([...(reading?.landmarks.slice(2 * 3, 2 * 3 + 2) ?? [])]).toEqual([3.5 / SIDE, 2.5 / SIDE])
    expect([...(reading?.landmarks.slice(2 * 5, 2 * 5 + 2) ?? [])]).toEqual([0.5, 1.5 / SIDE])
    expect([reading?.confidence[3], reading?.confidence[5]]).toEqual([1, 0])
  })

  it('gives each place the region with the largest number', () => {
    const regions = noRegions()
    regions[9 * 10 + 6] = 2
    regions[9 * 10 + 4] = 1
    const reading = readFace.decode(SETTINGS, { landmarks: maps(() => [{ x: 1, y: 1 }]), regions }, {})
    expect([reading?.sidePx, reading?.regions[10], reading?.regions[11]]).toEqual([SIDE, 6, 0])
  })

  it('gives nothing where a number is none', () => {
    const landmarks = maps(() => [{ x: 1, y: 1 }])
    landmarks[68 * 4 + 7] = Number.NaN
    expect(readFace.decode(SETTINGS, { landmarks, regions: noRegions() }, {})).toBeNull()
  })

  it('refuses a photo of another size and a network that reads something else', () => {
    expect(() => readFace.arraysOf(SETTINGS, { photo: new Uint8ClampedArray(4) })).toThrow('16×16')
    const picture = { shape: [null, null, null, 3], range: [-1, 1] } as const
    expect(() => readFace.parseManifest({ id: 'readFace', sizePx: 16 }, { inputs: { picture }, outputs: { picture } })).toThrow(
      'networks.reader',
    )
  })
})
