/**
 * PNG (ISO/IEC 15948) → pixels, no larger than tracing needs: every colour type and depth, interlaced or not. The header decides how much memory there will
 * be before anything is unpacked, and rows are averaged as they come, so that a large scan costs its unpacked bytes and no more. What comes after the end
 * of the picture is not looked at.
 */

import { inflateSync } from 'node:zlib'
import { StudioError } from '../shared/errors'
import type { RgbaImage } from '../storage/exchange/types'
import { Shrinker } from './shrinker'

/** Unpacked, in bytes: an A4 scan at 600 dpi in colour has 105 MB. */
const MOST_BYTES = 200_000_000
const MOST_SIDE_PX = 30_000

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }
/** First column and row, and steps, of Adam7's passes. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
const WHOLE = [[0, 0, 1, 1]] as const

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
  readonly isInterlaced: boolean
}

interface Chunks {
  readonly header: Header
  readonly palette: Uint8Array
  readonly transparency: Uint8Array
  readonly data: Uint8Array
}

const damaged = (what: string): StudioError => new StudioError('bad-image', `a damaged PNG file (${what})`)

/** @param sidePx the result is no larger on a side */
export function decodePng(file: Uint8Array, sidePx: number): RgbaImage {
  const chunks = readChunks(file)
  const { header } = chunks
  const bits = header.depth * (CHANNELS[header.colour] ?? 0)
  const passes = (header.isInterlaced ? PASSES : WHOLE).map(([x, y, dx, dy]) => {
    const width = Math.max(0, Math.ceil((header.width - x) / dx))
    const height = Math.max(0, Math.ceil((header.height - y) / dy))
    return { x, y, dx, dy, width, height, rowBytes: Math.ceil((width * bits) / 8) }
  })
  const expected = passes.reduce((sum, pass) => sum + (pass.width > 0 ? pass.height * (pass.rowBytes + 1) : 0), 0)
  if (expected > MOST_BYTES || Math.max(header.width, header.height) > MOST_SIDE_PX) {
    const limits = `at most ${MOST_SIDE_PX} a side and ${MOST_BYTES / 1e6} MB unpacked`
    throw new StudioError('file-too-large', `${header.width}×${header.height} pixels; ${limits}, so make it smaller first`)
  }
  const raw = unpacked(chunks.data, expected)
  const shrinker = new Shrinker(header.width, header.height, sidePx)
  const step = Math.max(1, bits >> 3)
  let position = 0
  for (const pass of passes) {
    if (pass.width === 0) continue
    let above: Uint8Array = new Uint8Array(pass.rowBytes)
    for (let row = 0; row < pass.height; row++) {
      const line = raw.subarray(position + 1, position + 1 + pass.rowBytes)
      unfilter(line, above, raw[position] ?? 0, step)
      above = line
      position += pass.rowBytes + 1
      addRow(line, pass, pass.y + row * pass.dy, chunks, shrinker)
    }
  }
  return shrinker.image()
}

function readChunks(file: Uint8Array): Chunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const parts: Uint8Array[] = []
  let header: Header | null = null
  let palette = new Uint8Array(0)
  let transparency = new Uint8Array(0)
  for (let position = 8; position + 8 <= file.length; ) {
    const length = view.getUint32(position)
    const type = String.fromCharCode(...file.subarray(position + 4, position + 8))
    const body = file.slice(position + 8, position + 8 + length)
    if (type === 'IEND') break
    if (body.length < length) throw damaged('it is cut off')
    if (type === 'IHDR') {
      if (header) throw damaged('it has two headers')
      header = readHeader(body)
    } else if (type === 'PLTE') palette = body
    else if (type === 'tRNS') transparency = body
    else if (type === 'IDAT') parts.push(body)
    position += 12 + length
  }
  if (!header) throw damaged('it has no header')
  if (parts.length === 0) throw damaged('it has no pixels')
  return { header, palette, transparency, data: Buffer.concat(parts) }
}

function readHeader(body: Uint8Array): Header {
  if (body.length !== 13) throw damaged('its header is odd')
  const view = new DataView(body.buffer, body.byteOffset, 13)
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = body.subarray(8)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const isKnown = DEPTHS[colour]?.includes(depth) && compression === 0 && filter === 0 && interlace <= 1
  if (!isKnown || width === 0 || height === 0) throw damaged('its header is odd')
  return { width, height, depth, colour, isInterlaced: interlace === 1 }
}

function unpacked(data: Uint8Array, expected: number): Uint8Array {
  let raw: Uint8Array
  try {
    raw = inflateSync(data, { maxOutputLength: expected + 65_536 })
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause))
  }
  if (raw.length < expected) throw damaged('it has too few pixels')
  return raw
}

function unfilter(line: Uint8Array, above: Uint8Array, filter: number, step: number): void {
  if (filter > 4) throw damaged('a row is packed in an unknown way')
  if (filter === 0) return
  for (let i = 0; i < line.length; i++) {
    const left = i >= step ? (line[i - step] ?? 0) : 0
    const up = above[i] ?? 0
    const corner = i >= step ? (above[i - step] ?? 0) : 0
    const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
    line[i] = (line[i] ?? 0) + guess
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

interface Pass {
  readonly x: number
  readonly dx: number
  readonly width: number
}

function addRow(line: Uint8Array, { x, dx, width }: Pass, y: number, { header, palette, transparency }: Chunks, shrinker: Shrinker): void {
  const { depth, colour } = header
  const most = 2 ** depth - 1
  const sample = (i: number): number => {
    if (depth === 8) return line[i] ?? 0
    if (depth === 16) return (line[2 * i] ?? 0) * 256 + (line[2 * i + 1] ?? 0)
    const bit = i * depth
    return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most
  }
  const key = (i: number): number => (transparency[2 * i] ?? 0) * 256 + (transparency[2 * i + 1] ?? 0)
  const scale = 255 / most
  for (let i = 0; i < width; i++) {
    const column = x + i * dx
    if (colour === 3) {
      const entry = sample(i)
      shrinker.add(column, y, palette[3 * entry] ?? 0, palette[3 * entry + 1] ?? 0, palette[3 * entry + 2] ?? 0, transparency[entry] ?? 255)
    } else if (colour === 0 || colour === 4) {
      const grey = sample(colour === 4 ? 2 * i : i)
      const isClear = colour === 0 && transparency.length >= 2 && grey === key(0)
      shrinker.add(column, y, grey * scale, grey * scale, grey * scale, colour === 4 ? sample(2 * i + 1) * scale : isClear ? 0 : 255)
    } else {
      const at = (colour === 6 ? 4 : 3) * i
      const [r, g, b] = [sample(at), sample(at + 1), sample(at + 2)]
      const isClear = colour === 2 && transparency.length >= 6 && r === key(0) && g === key(1) && b === key(2)
      shrinker.add(column, y, r * scale, g * scale, b * scale, colour === 6 ? sample(at + 3) * scale : isClear ? 0 : 255)
    }
  }
}
