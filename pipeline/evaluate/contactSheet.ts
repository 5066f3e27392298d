/** A contact sheet: rows of pictures side by side on one PNG, two rows of the list in each row of the sheet while they are short. */

import { encodePng, type RgbaImage, resizeSquare } from './data/image'
import type { SheetRow } from './measures/measure'

const CELL_PX = 256
const GAP_PX = 4
/** Pictures in one row of the sheet. */
const MAX_ACROSS = 8
const GROUND = 96

/** PNG bytes of the sheet. Rows may differ in length; every picture is scaled to 256 × 256. */
export function contactSheet(rows: readonly SheetRow[]): Buffer {
  const cellsInRow = Math.max(1, ...rows.map((row) => row.length))
  const groupsAcross = cellsInRow * 2 <= MAX_ACROSS ? 2 : 1
  const pitch = CELL_PX + GAP_PX
  const groupWidth = cellsInRow * pitch + GAP_PX
  const width = groupsAcross * groupWidth
  const height = Math.ceil(rows.length / groupsAcross) * pitch + GAP_PX
  const sheet: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(GROUND) }
  for (let i = 3; i < sheet.data.length; i += 4) sheet.data[i] = 255
  rows.forEach((row, i) => {
    const left = (i % groupsAcross) * groupWidth + GAP_PX
    const top = Math.floor(i / groupsAcross) * pitch + GAP_PX
    row.forEach((picture, column) => {
      paste(sheet, resizeSquare(picture, CELL_PX), left + column * pitch, top)
    })
  })
  return encodePng(sheet)
}

function paste(onto: RgbaImage, picture: RgbaImage, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4)
    onto.data.set(row, ((top + y) * onto.width + left) * 4)
  }
}
