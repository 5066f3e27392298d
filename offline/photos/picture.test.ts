import jpeg from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../../src/shared/image'

import { encodePng } from '../node/imageFiles'
import { readPhoto } from './picture'

const filled = (width: number, height: number, colour: readonly number[]): RgbaImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 4 }, (_, i) => colour[i % 4] ?? 0),
})

describe('readPhoto', () => {
  it('lays transparent pictures on white', () => {
    const { data } = readPhoto(encodePng(filled(2, 2, [100, 0, 0, 0])))
    expect([...data.subarray(0, 4)]).toEqual([255, 255, 255, 255])
    expect([...readPhoto(encodePng(filled(2, 2, [100, 0, 0, 255]))).data.subarray(0, 4)]).toEqual([100, 0, 0, 255])
  })

  it('refuses half a JPEG, other files, and pictures beyond all measure', () => {
    const noise = { width: 64, height: 64, data: Buffer.from(Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i * 7919) % 251)) }
    const bytes = jpeg.encode(noise, 90).data
    expect(readPhoto(bytes).width).toBe(64)
    expect(() => readPhoto(bytes.subarray(0, bytes.length / 2))).toThrow()
    expect(() => readPhoto(new TextEncoder().encode('GIF89a'))).toThrow('neither')
    const huge = encodePng(filled(1, 1, [0, 0, 0, 255]))
    huge.writeUInt32BE(60_000, 16)
    huge.writeUInt32BE(60_000, 20)
    expect(() => readPhoto(huge)).toThrow('megapixels')
  })
})
