import { describe, expect, it } from 'vitest'
import { contactSheet } from './contactSheet'
import { decodeImage, greyToRgba } from './data/image'
import { formatTable } from './report'

describe('formatTable', () => {
  it('aligns names left and figures right under a ruled header', () => {
    const lines = formatTable([
      ['', 'a', 'photos'],
      ['average', '3.10', '12.00'],
    ]).split('\n')
    expect(lines).toEqual(['             a   photos', '-----------------------', 'average   3.10    12.00'])
  })
})

describe('contactSheet', () => {
  it('puts two rows of the list side by side, scaled to their cells', () => {
    const white = greyToRgba(new Uint8Array(64 * 64).fill(255), 64)
    const black = greyToRgba(new Uint8Array(256 * 256), 256)
    const sheet = decodeImage(
      contactSheet([
        [white, black],
        [black, white],
        [white, white],
      ]),
    )
    expect([sheet.width, sheet.height]).toEqual([2 * (2 * 260 + 4), 2 * 260 + 4])
    const at = (x: number, y: number) => sheet.data[(y * sheet.width + x) * 4]
    expect([at(100, 100), at(360, 100), at(624, 100), at(884, 100), at(100, 360)]).toEqual([255, 0, 0, 255, 255])
    expect(at(900, 400)).toBe(96) // the empty place of the fourth
  })
})
