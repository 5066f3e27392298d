/** Decoders against `pngjs` and `jpeg-js` on every kind of file, and against files that want more memory than they should get. */

import { deflateSync } from 'node:zlib'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../tests/hostile/crc32'
import { mulberry32 } from '../shared/rng'
import { decodePicture, orientationOf } from './decodePicture'
import { decodePng } from './decodePng'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, body: Uint8Array): Buffer {
  const framed = Buffer.alloc(body.length + 12)
  framed.writeUInt32BE(body.length, 0)
  framed.write(type, 4, 'latin1')
  framed.set(body, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + body.length)), 8 + body.length)
  return framed
}

function header(width: number, height: number, depth: number, colour: number, interlace = 0): Buffer {
  const body = Buffer.alloc(13)
  body.writeUInt32BE(width, 0)
  body.writeUInt32BE(height, 4)
  body.set([depth, colour, 0, 0, interlace], 8)
  return chunk('IHDR', body)
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Random bytes in a colour type, each row with another filter; interlaced ones with Adam7's rows. */
function randomPng(width: number, height: number, depth: number, colour: number, interlace: number): Uint8Array {
  const random = mulberry32(width * 31 + depth * 7 + colour + interlace)
  const bits = depth * (CHANNELS[colour] ?? 1)
  const passes = interlace
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ]
    : [[0, 0, 1, 1]]
  const rows: number[] = []
  for (const [x = 0, y = 0, dx = 1, dy = 1] of passes) {
    const [w, h] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)]
    if (w <= 0) continue
    for (let row = 0; row < h; row++)
      rows.push(Math.floor(random() * 5), ...Array.from({ length: Math.ceil((w * bits) / 8) }, () => Math.floor(random() * 256)))
  }
  const palette = chunk(
    'PLTE',
    Uint8Array.from({ length: 768 }, () => Math.floor(random() * 256)),
  )
  const parts = [SIGNATURE, header(width, height, depth, colour, interlace), ...(colour === 3 ? [palette] : [])]
  return Buffer.concat([
    ...parts,
    chunk('IDAT', deflateSync(Uint8Array.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from('and more'),
  ])
}

describe('decodePng', () => {
  const kinds = [
    [1, 0],
    [2, 0],
    [4, 0],
    [8, 0],
    [16, 0],
    [8, 2],
    [16, 2],
    [1, 3],
    [2, 3],
    [4, 3],
    [8, 3],
    [8, 4],
    [16, 4],
    [8, 6],
    [16, 6],
  ] as const
  it.each(
    kinds.flatMap(
      ([depth, colour]) =>
        [
          [depth, colour, 0],
          [depth, colour, 1],
        ] as const,
    ),
  )(
    'reads %i bits of colour type %i, interlaced %i, as pngjs does, and does not mind what comes after the end',
    (depth, colour, interlace) => {
      const file = randomPng(21, 13, depth, colour, interlace)
      const { data: pixels } = decodePng(file, 2048)
      const known = PNG.sync.read(Buffer.from(file.subarray(0, file.length - 'and more'.length)))
      for (let i = 0; i < known.data.length; i += 4) {
        const alpha = known.data[i + 3] ?? 0
        expect(Math.abs((pixels[i + 3] ?? 0) - alpha)).toBeLessThanOrEqual(1)
        if (alpha > 0) for (let c = 0; c < 3; c++) expect(Math.abs((pixels[i + c] ?? 0) - (known.data[i + c] ?? 0))).toBeLessThanOrEqual(2)
      }
    },
  )

  it('shrinks by averaging', () => {
    const rows = Array.from({ length: 8 }, (_, y) => [
      0,
      ...Array.from({ length: 8 }, (_unused, x) => ((x + y) % 2 === 0 ? 0 : 255)),
    ]).flat()
    const file = Buffer.concat([
      SIGNATURE,
      header(8, 8, 8, 0),
      chunk('IDAT', deflateSync(Uint8Array.from(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ])
    const { width, data: pixels } = decodePng(file, 4)
    expect(width).toBe(4)
    expect(Math.abs((pixels[0] ?? 0) - 128)).toBeLessThanOrEqual(1)
  })

  it.each<[string, Buffer[], string]>([
    ['claims more pixels than may be unpacked', [header(60_000, 60_000, 8, 6, 1)], 'smaller'],
    ['has two headers', [header(8, 8, 8, 0), header(9000, 9000, 16, 6, 1)], 'two headers'],
    ['unpacks to more than its header says', [header(8, 8, 8, 0), chunk('IDAT', deflateSync(new Uint8Array(50_000_000)))], 'damaged'],
    ['unpacks to less', [header(80, 80, 8, 0), chunk('IDAT', deflateSync(new Uint8Array(50)))], 'too few pixels'],
    ['has an unknown colour type', [header(8, 8, 8, 7)], 'odd'],
  ])('refuses a file that %s, without the memory for it', (_, parts, says) => {
    const before = process.memoryUsage().rss
    const file = Buffer.concat([SIGNATURE, ...parts, chunk('IDAT', deflateSync(new Uint8Array(9))), chunk('IEND', Buffer.alloc(0))])
    expect(() => decodePng(file, 2048)).toThrow(says)
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  })
})

describe('decodePicture', () => {
  const grey = (width: number, height: number): Uint8Array => {
    const data = Buffer.alloc(4 * width * height, 255)
    for (let x = 0; x < width; x++) data.fill(0, 4 * x, 4 * x + 3)
    return new Uint8Array(jpeg.encode({ width, height, data }, 90).data)
  }
  /** An Exif block with an orientation, put after the start of a JPEG. */
  const lying = (file: Uint8Array, orientation: number): Uint8Array => {
    const exif = Buffer.from([
      0xff,
      0xe1,
      0,
      34,
      ...Buffer.from('Exif\0\0MM\0*'),
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      orientation,
      0,
      0,
      0,
      0,
      0,
      0,
    ])
    return Buffer.concat([file.subarray(0, 2), exif, file.subarray(2)])
  }

  it('reads a JPEG, and turns it as the camera was held', () => {
    const file = grey(64, 32)
    expect(orientationOf(file)).toBe(1)
    expect(decodePicture(file)).toMatchObject({ width: 64, height: 32 })
    const turned = decodePicture(lying(file, 6))
    expect(orientationOf(lying(file, 6))).toBe(6)
    expect(turned).toMatchObject({ width: 32, height: 64 })
    // The dark upper row has become the right column.
    expect(turned.data[4 * (32 * 32 + 31)]).toBeLessThan(100)
    expect(turned.data[4 * 32 * 32]).toBeGreaterThan(200)
  })

  it('refuses a JPEG that claims far more than its bytes can hold', () => {
    const file = grey(64, 32)
    const at = file.findIndex((byte, i) => byte === 0xff && (file[i + 1] === 0xc0 || file[i + 1] === 0xc2))
    file.set([0x1b, 0x58, 0x1b, 0x58], at + 5)
    expect(() => decodePicture(file)).toThrow('too few bytes')
  })

  it('refuses what is no picture', () => {
    expect(() => decodePicture(new TextEncoder().encode('hello, this is no picture'))).toThrow('not a PNG or JPEG')
  })
})
