import { describe, expect, it } from 'vitest'
import { greyPng } from '../../../tests/hostile/pngBytes'
import { StudioError } from '../../shared/errors'
import { documentOf } from '../testing'
import { readImageHeader } from './imageHeader'
import { importFile } from './importFile'
import { exportProject } from './project'
import { exportSvg } from './svg/exportSvg'

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const sketch = { ...documentOf('d', ['a', 'b']), tags: ['t'] }
const FOREIGN_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g transform="rotate(9)"><path d="M1 2c3 4 5 6 7 8a1 2 3 0 1 4 5z"/><circle r="3"/></g></svg>'

/** Sound files of every kind, to be damaged. */
const SOUND: readonly [string, Uint8Array<ArrayBuffer>][] = [
  ['a PNG', greyPng(32, 32, (x, y) => (x === y ? 0 : 255))],
  ['our SVG', encode(exportSvg(sketch))],
  ['a foreign SVG', encode(FOREIGN_SVG)],
  ['a project', encode(exportProject({ document: sketch, look: { age: 3 } }))],
  ['a database', encode(`{"format":"face-studio-database","version":1,"sketches":[${JSON.stringify({ document: sketch, look: {} })}]}`)],
]

/** Bytes that matter to one of the formats. */
const TELLING = Array.from('<>&"\'{}[]:,/=-.e9 0\0', (character) => character.charCodeAt(0)).concat([0xff, 0x80, 0xc3])

function damage(sound: Uint8Array<ArrayBuffer>, seed: number): Uint8Array<ArrayBuffer> {
  const at = (seed * 7919) % sound.length
  const byte = TELLING[seed % TELLING.length] ?? 0
  const copy = sound.slice()
  if (seed % 3 === 0) copy[at] = byte
  if (seed % 3 === 1) return Uint8Array.from([...sound.subarray(0, at), byte, ...sound.subarray(at)])
  if (seed % 3 === 2) return Uint8Array.from([...sound.subarray(0, at), ...sound.subarray(at + 1 + (seed % 40))])
  return copy
}

describe('a file with any damage', () => {
  it.each(SOUND)('%s imports, or is refused with a reason', async (_kind, sound) => {
    const decodeImage = async (_file: Blob, { width, height }: { width: number; height: number }) => {
      const pixels = new Uint8ClampedArray(4 * Math.min(64, width) * Math.min(64, height)).fill(255)
      pixels.fill(0, 200, 1600)
      return { width: Math.min(64, width), height: Math.min(64, height), data: pixels }
    }
    let refused = 0
    for (let seed = 1; seed <= 100; seed++) {
      const result: unknown = await importFile(new Blob([damage(sound, seed)]), { decodeImage }).catch((error: unknown) => error)
      if (!(result instanceof Error)) continue
      refused++
      expect(result).toBeInstanceOf(StudioError)
      // `internal` would be a case that nobody thought of.
      expect((result as StudioError).code).not.toBe('internal')
    }
    expect(refused).toBeGreaterThan(10)
  })
})

describe('a JPEG header', () => {
  const segment = (marker: number, length: number): number[] => [0xff, marker, length >> 8, length & 255, ...new Array(length - 2).fill(0)]
  const frame = [0xff, 0xc2, 0, 17, 8, 0x01, 0x2c, 0x02, 0x58, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]

  it('is found behind application data, tables and fill bytes', () => {
    const bytes = Uint8Array.from([0xff, 0xd8, ...segment(0xe1, 900), ...segment(0xdb, 67), 0xff, ...segment(0xc4, 31), ...frame])
    expect(readImageHeader(bytes, 'jpeg')).toEqual({ kind: 'jpeg', width: 600, height: 300 })
  })

  it('is missed where the file is cut off', () => {
    const bytes = Uint8Array.from([0xff, 0xd8, ...segment(0xe1, 900), 0xff, 0xc0, 0, 17])
    expect(() => readImageHeader(bytes, 'jpeg')).toThrow(/cut off/u)
  })
})
