/** Sample sheets: rows of pictures on one picture, small enough to be kept beside the figures; and sheets of several models side by side. */

import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { encodeJpeg } from '../../node/imageFiles'
import type { SheetRow } from '../measures/measure'

export const CELL_PX = 192
const GAP_PX = 4
const GROUND = 96

/** A sheet in which each row of the list is a row. Rows may differ in length; every picture is scaled to a square cell. */
export function contactSheet(rows: readonly SheetRow[], cellPx = CELL_PX): RgbaImage {
  const pitch = cellPx + GAP_PX
  const width = Math.max(1, ...rows.map((row) => row.length)) * pitch + GAP_PX
  const height = rows.length * pitch + GAP_PX
  const sheet: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(GROUND) }
  for (let i = 3; i < sheet.data.length; i += 4) sheet.data[i] = 255
  rows.forEach((row, i) => {
    row.forEach((picture, column) => {
      paste(sheet, resizeSquare(picture, cellPx), GAP_PX + column * pitch, GAP_PX + i * pitch)
    })
  })
  return sheet
}

function paste(onto: RgbaImage, picture: RgbaImage, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4)
    onto.data.set(row, ((top + y) * onto.width + left) * 4)
  }
}

/** The pictures of a sheet made by `contactSheet`, empty cells included. */
export function cellsOf(sheet: RgbaImage, cellPx = CELL_PX): RgbaImage[][] {
  const pitch = cellPx + GAP_PX
  const count = (length: number) => Math.floor((length - GAP_PX) / pitch)
  return Array.from({ length: count(sheet.height) }, (_, row) =>
    Array.from({ length: count(sheet.width) }, (_, column) => cut(sheet, GAP_PX + column * pitch, GAP_PX + row * pitch, cellPx)),
  )
}

function cut(from: RgbaImage, left: number, top: number, sizePx: number): RgbaImage {
  const data = new Uint8ClampedArray(sizePx * sizePx * 4)
  for (let y = 0; y < sizePx; y++) {
    const start = ((top + y) * from.width + left) * 4
    data.set(from.data.subarray(start, start + sizePx * 4), y * sizePx * 4)
  }
  return { width: sizePx, height: sizePx, data }
}

const QUALITIES = [80, 72, 64, 55, 45, 35]

/** The sheet as a JPEG, at the best quality that keeps it under `maxBytes`. @throws Error when none does */
export function jpegBelow(sheet: RgbaImage, maxBytes: number): Buffer {
  for (const quality of QUALITIES) {
    const bytes = encodeJpeg(sheet, quality)
    if (bytes.length < maxBytes) return bytes
  }
  throw new Error(`A sheet of ${sheet.width} × ${sheet.height} pixels does not fit into ${maxBytes} bytes; take fewer rows.`)
}
