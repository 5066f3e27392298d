/** Films in the bytes: what a reader of EBML and of PNG finds in the files. */

import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../shared/crc32'
import { ApngWriter, changedArea } from './apng'
import { type EncodedFrame, webmOf } from './webm'

// ---------------------------------------------------------------- EBML

interface Element {
  readonly id: number
  readonly at: number
  readonly contentAt: number
  readonly bytes: Uint8Array
}

/** Elements in a row; ids and sizes as RFC 8794 has them. */
function elements(bytes: Uint8Array, offset = 0): Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at
    const width = Math.clz32((bytes[at] ?? 0) << 24) + 1
    let id = 0
    for (let i = 0; i < width; i++) id = id * 256 + (bytes[at++] ?? 0)
    const sizeWidth = Math.clz32((bytes[at] ?? 0) << 24) + 1
    let size = (bytes[at++] ?? 0) & (0xff >> sizeWidth)
    for (let i = 1; i < sizeWidth; i++) size = size * 256 + (bytes[at++] ?? 0)
    found.push({ id, at: offset + start, contentAt: offset + at, bytes: bytes.subarray(at, at + size) })
    at += size
  }
  return found
}

const only = (list: readonly Element[], id: number): Element => {
  const found = list.filter((element) => element.id === id)
  expect(found, id.toString(16)).toHaveLength(1)
  return found[0] as Element
}
const inside = ({ bytes, contentAt }: Element): Element[] => elements(bytes, contentAt)
const number = ({ bytes }: Element): number => bytes.reduce((value, byte) => value * 256 + byte, 0)

const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675

async function segmentOf(frames: readonly EncodedFrame[]) {
  const blob = webmOf(frames, { codec: 'V_VP8', widthPx: 1440, heightPx: 720, durationMs: 12_345.5, title: 'Synthetic' })
  expect(blob.type).toBe('video/webm')
  const file = elements(new Uint8Array(await blob.arrayBuffer()))
  expect(file.map(({ id }) => id)).toEqual([0x1a45dfa3, SEGMENT])
  return only(file, SEGMENT)
}

const frameAt = (timeMs: number, isKey: boolean, value: number): EncodedFrame => ({ timeMs, isKey, bytes: Uint8Array.of(value, value) })

describe('webmOf', () => {
  const frames = [
    frameAt(0, true, 1),
    frameAt(33.3, false, 2),
    frameAt(2000, true, 3),
    frameAt(2033.4, false, 4),
    frameAt(40_000, false, 5),
  ]

  it('puts every frame at its time, key frames first in their cluster', async () => {
    const clusters = inside(await segmentOf(frames)).filter(({ id }) => id === CLUSTER)
    const blocks = clusters.map((cluster) => {
      const content = inside(cluster)
      const start = number(only(content, 0xe7))
      return content
        .filter(({ id }) => id === 0xa3)
        .map(({ bytes }) => [start + new DataView(bytes.buffer, bytes.byteOffset).getInt16(1), bytes[3], bytes[4]])
    })
    expect(blocks).toEqual([
      [
        [0, 0x80, 1],
        [33, 0, 2],
      ],
      [
        [2000, 0x80, 3],
        [2033, 0, 4],
      ],
      // Further away than a block's time reaches.
      [[40_000, 0, 5]],
    ])
  })

  it('says size, codec and length, and that nobody is shown', async () => {
    const segment = inside(await segmentOf(frames))
    const info = inside(only(segment, 0x1549a966))
    expect(new DataView(only(info, 0x4489).bytes.slice().buffer).getFloat64(0)).toBe(12_345.5)
    expect(new TextDecoder().decode(only(info, 0x7ba9).bytes)).toBe('Synthetic')
    const track = inside(only(inside(only(segment, 0x1654ae6b)), 0xae))
    expect(new TextDecoder().decode(only(track, 0x86).bytes)).toBe('V_VP8')
    const video = inside(only(track, 0xe0))
    expect([number(only(video, 0xb0)), number(only(video, 0xba))]).toEqual([1440, 720])
  })

  it('has cues and a seek head that lead to where things are', async () => {
    const element = await segmentOf(frames)
    const segment = inside(element)
    const clusters = segment.filter(({ id }) => id === CLUSTER)
    const cues = inside(only(segment, 0x1c53bb6b)).map((cue) => {
      const content = inside(cue)
      return [number(only(content, 0xb3)), element.contentAt + number(only(inside(only(content, 0xb7)), 0xf1))]
    })
    expect(cues).toEqual(clusters.map((cluster) => [number(only(inside(cluster), 0xe7)), cluster.at]))
    const seeks = inside(only(segment, 0x114d9b74)).map((seek) => {
      const content = inside(seek)
      return [number(only(content, 0x53ab)), element.contentAt + number(only(content, 0x53ac))]
    })
    expect(seeks).toEqual([0x1549a966, 0x1654ae6b, 0x1c53bb6b].map((id) => [id, only(segment, id).at]))
  })
})

// ---------------------------------------------------------------- animated PNG

const [WIDTH, HEIGHT] = [7, 5]

/** A picture of one grey with some pixels of their own. */
function picture(grey: number, spots: readonly (readonly [x: number, y: number, red: number])[] = []): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(4 * WIDTH * HEIGHT).fill(grey)
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255
  for (const [x, y, red] of spots) pixels.set([red, 7, 9], 4 * (y * WIDTH + x))
  return pixels
}

async function written(frames: readonly (readonly [Uint8ClampedArray, number])[]): Promise<Buffer> {
  const writer = new ApngWriter(WIDTH, HEIGHT)
  for (const [pixels, delayMs] of frames) await writer.add(pixels, delayMs)
  return Buffer.from(await writer.finish().arrayBuffer())
}

/** Plays the file as the standard says: each frame's rectangle over what was there. */
function played(file: Buffer): { pixels: number[]; delayMs: number }[] {
  const shown = new Uint8Array(3 * WIDTH * HEIGHT)
  const out: { pixels: number[]; delayMs: number }[] = []
  let area = { x: 0, y: 0, width: 0, height: 0, delayMs: 0 }
  let sequence = 0
  const show = (data: Buffer): void => {
    const rows = inflateSync(data)
    const rowBytes = 1 + 3 * area.width
    for (let y = 0; y < area.height; y++) {
      expect(rows[y * rowBytes]).toBe(2)
      for (let i = 0; i < 3 * area.width; i++) {
        const above = y === 0 ? 0 : (shown[3 * ((area.y + y - 1) * WIDTH + area.x) + i] ?? 0)
        shown[3 * ((area.y + y) * WIDTH + area.x) + i] = (rows[y * rowBytes + 1 + i] ?? 0) + above
      }
    }
    out.push({ pixels: [...shown], delayMs: area.delayMs })
  }
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (type === 'fcTL') {
      expect(body.readUInt32BE(0)).toBe(sequence++)
      const [width, height, x, y] = [4, 8, 12, 16].map((i) => body.readUInt32BE(i)) as [number, number, number, number]
      area = { x, y, width, height, delayMs: (1000 * body.readUInt16BE(20)) / body.readUInt16BE(22) }
    }
    if (type === 'IDAT') show(body)
    if (type === 'fdAT') {
      expect(body.readUInt32BE(0)).toBe(sequence++)
      show(body.subarray(4))
    }
    at += length + 12
  }
  return out
}

const rgb = (pixels: Uint8ClampedArray): number[] => [...pixels].filter((_, i) => i % 4 !== 3)

describe('ApngWriter', () => {
  it('plays what was put in, with its delays; what stood still stands longer', async () => {
    const pictures = [picture(200), picture(200, [[3, 2, 40]]), picture(200, [[3, 2, 40]]), picture(90, [[6, 4, 1]])] as const
    const frames = played(await written(pictures.map((pixels, i) => [pixels, 100 * (i + 1)] as const)))
    expect(frames).toEqual([
      { pixels: rgb(pictures[0]), delayMs: 100 },
      { pixels: rgb(pictures[1]), delayMs: 500 },
      { pixels: rgb(pictures[3]), delayMs: 400 },
    ])
  })

  it('has its chunks in the order that readers without animation need, each with its check sum', async () => {
    const file = await written([
      [picture(120), 100],
      [picture(3), 100],
    ])
    const types: string[] = []
    for (let at = 8; at < file.length; ) {
      const length = file.readUInt32BE(at)
      types.push(file.toString('latin1', at + 4, at + 8))
      expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)))
      at += length + 12
    }
    expect(types).toEqual(['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'IEND'])
  })
})

describe('changedArea', () => {
  it('is the smallest rectangle round what differs', () => {
    const after = picture(10, [
      [2, 1, 50],
      [5, 3, 50],
    ])
    expect(changedArea(picture(10), after, WIDTH)).toEqual({ x: 2, y: 1, width: 4, height: 3 })
    expect(changedArea(after, after, WIDTH)).toBeNull()
  })
})
