import { describe, expect, it } from 'vitest'
import { greyToRgba, type RgbaImage } from '../../../src/shared/image'
import { decodeImage } from '../../node/imageFiles'
import { CELL_PX, cellsOf, contactSheet, jpegBelow } from './sheets'

const flat = (grey: number, size = 64) => greyToRgba(new Uint8Array(size * size).fill(grey), size)
const greyOf = ({ data, width }: RgbaImage) => data[(Math.floor(width / 2) * width + Math.floor(width / 2)) * 4]

describe('contactSheet', () => {
  it('puts pictures of any size into cells, and gives them back', () => {
    const sheet = contactSheet([[flat(255), flat(0, 256)], [flat(10), flat(200)], [flat(30)]])
    expect([sheet.width, sheet.height]).toEqual([2 * (CELL_PX + 4) + 4, 3 * (CELL_PX + 4) + 4])
    const cells = cellsOf(sheet)
    expect(cells.map((row) => row.map(greyOf))).toEqual([
      [255, 0],
      [10, 200],
      [30, 96], // the empty cell shows the ground
    ])
  })
})

describe('jpegBelow', () => {
  const noise = { width: 128, height: 128, data: Uint8ClampedArray.from({ length: 128 * 128 * 4 }, (_, i) => (i * 7919) % 256) }

  it('lowers quality until the picture fits', () => {
    const large = jpegBelow(noise, 1e6)
    const small = jpegBelow(noise, large.length)
    expect(small.length).toBeLessThan(large.length)
    expect(decodeImage(small).width).toBe(128)
  })

  it('says so when it cannot fit', () => {
    expect(() => jpegBelow(noise, 500)).toThrow('fewer rows')
  })
})
