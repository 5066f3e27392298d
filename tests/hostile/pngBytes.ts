/** PNG files byte by byte, so that each can be broken where it hurts. */

import { crc32, deflateSync } from 'node:zlib'

export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits of grey.
  header[8] = 8
  return chunk('IHDR', header)
}

/** A grey PNG whose pixels are given by a function. */
export function greyPng(width: number, height: number, greyAt: (x: number, y: number) => number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = greyAt(x, y)
  return Uint8Array.from(
    Buffer.concat([SIGNATURE, pngHeader(width, height), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  )
}

/** A cross of dark lines: a drawing that could be traced if it were whole. */
export const goodPng = (): Uint8Array<ArrayBuffer> =>
  greyPng(128, 128, (x, y) => (Math.abs(x - y) < 2 || Math.abs(x + y - 127) < 2 ? 0 : 255))

export function changed(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice()
  copy[at < 0 ? copy.length + at : at] = value
  return copy
}
