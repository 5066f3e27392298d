/**
 * What a picture file is and how large it will be, from its bytes alone and before anything is decoded: a few hundred bytes can claim 100,000 ×
 * 100,000 pixels. PNG (ISO/IEC 15948) is checked chunk by chunk, JPEG (ITU T.81) up to its frame header.
 */

import { crc32 } from '../../shared/crc32'
import { StudioError } from '../../shared/errors'
import { LIMITS } from './types'

export type ImageKind = 'png' | 'jpeg'

export interface ImageHeader {
  readonly kind: ImageKind
  readonly width: number
  readonly height: number
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** File types that people try, by their first bytes, with the name to tell them. */
const OTHER_TYPES: readonly { name: string; start: string; at?: number }[] = [
  { name: 'a GIF picture', start: 'GIF8' },
  { name: 'a WebP picture', start: 'WEBP', at: 8 },
  { name: 'a HEIC or AVIF picture', start: 'ftyp', at: 4 },
  { name: 'a BMP picture', start: 'BM' },
  { name: 'a TIFF picture', start: 'II*\0' },
  { name: 'a TIFF picture', start: 'MM\0*' },
  { name: 'a Photoshop file', start: '8BPS' },
  { name: 'a PDF file', start: '%PDF' },
  { name: 'a zip archive', start: 'PK\u0003\u0004' },
  { name: 'a compressed file', start: '\u001f\u008b' },
]

const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean => start.every((byte, i) => bytes[at + i] === byte)

/** The kind of picture by content, whatever the file is called; `null` when it is none that can be traced. */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  if (startsWith(bytes, PNG_SIGNATURE)) return 'png'
  return startsWith(bytes, [0xff, 0xd8, 0xff]) ? 'jpeg' : null
}

/** "a GIF picture" and the like, for files that are known and cannot be read; `null` otherwise. */
export function foreignTypeOf(bytes: Uint8Array): string | null {
  const codes = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
  return OTHER_TYPES.find(({ start, at }) => startsWith(bytes, codes(start), at))?.name ?? null
}

const broken = (what: string): StudioError =>
  new StudioError(
    'bad-image',
    `This picture is damaged: ${what}. Nothing was imported; open it in another program and save it again as PNG.`,
  )

/** @throws StudioError `bad-image` when it is damaged, `file-too-large` when it has too many pixels */
export function readImageHeader(bytes: Uint8Array, kind: ImageKind, sidePx: number = LIMITS.imageSidePx): ImageHeader {
  const { width, height } = kind === 'png' ? readPng(bytes, sidePx) : readJpeg(bytes)
  if (width === 0 || height === 0) throw broken('it has no pixels')
  if (width > sidePx || height > sidePx) {
    throw new StudioError(
      'file-too-large',
      `This picture is ${width} × ${height} pixels; at most ${sidePx} on a side can be imported. Make it smaller, then import it again.`,
    )
  }
  return { kind, width, height }
}

function readPng(bytes: Uint8Array, sidePx: number): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = PNG_SIGNATURE.length
  let size: { width: number; height: number } | null = null
  let hasPixels = false
  for (;;) {
    if (position + 12 > bytes.length) throw broken('it is cut off')
    const length = view.getUint32(position)
    const type = String.fromCharCode(...bytes.subarray(position + 4, position + 8))
    if (position + 12 + length > bytes.length) throw broken('it is cut off')
    if (crc32(bytes.subarray(position + 4, position + 8 + length)) !== view.getUint32(position + 8 + length))
      throw broken('its check sums are wrong')
    if (!size) {
      if (type !== 'IHDR' || length !== 13) throw broken('it does not begin with a header')
      size = { width: view.getUint32(position + 8), height: view.getUint32(position + 12) }
      // Told before the rest is looked at: the size is what matters to a person here.
      if (size.width > sidePx || size.height > sidePx) return size
    }
    if (type === 'IDAT') hasPixels = true
    if (type === 'IEND') break
    position += 12 + length
  }
  if (!hasPixels) throw broken('it has no pixels')
  return size
}

/** Start-of-frame markers: C0–CF but DHT (C4), JPG (C8) and DAC (CC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = 2
  while (position + 9 < bytes.length) {
    if (bytes[position] !== 0xff) break
    const marker = bytes[position + 1] ?? 0
    if (isFrame(marker)) return { height: view.getUint16(position + 5), width: view.getUint16(position + 7) }
    // Fill bytes, and markers that stand alone.
    const isAlone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    position += isAlone ? (marker === 0xff ? 1 : 2) : 2 + view.getUint16(position + 2)
  }
  throw broken('its size cannot be read; it may be cut off')
}
