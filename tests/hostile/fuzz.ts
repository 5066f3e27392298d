/**
 * Structure-aware, seeded inputs for the importers: SVG grown from the grammar of what drawing programs write, with numbers, transforms, styles and references that
 * hurt; projects and databases with values of every kind; PNG files with odd headers and chunks; and sound files with damaged bytes. A seed gives the same
 * input on every machine.
 */

import { deflateSync } from 'node:zlib'
import { mulberry32 } from '../../src/shared/rng'
import { crc32 } from './crc32'

export interface FuzzInput {
  readonly seed: number
  readonly kind: 'svg' | 'json' | 'png' | 'damaged'
  readonly bytes: Uint8Array<ArrayBuffer>
}

type Random = () => number
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

export function fuzzInput(seed: number): FuzzInput {
  const random = mulberry32(seed)
  const kind = (['svg', 'svg', 'json', 'png', 'damaged'] as const)[seed % 5] ?? 'svg'
  const make = { svg: svgFile, json: jsonFile, png: pngFile, damaged: damagedFile }[kind]
  return { seed, kind, bytes: make(random) }
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const many = <T>(random: Random, most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() ** 2 * most) }, make)

// ---------------------------------------------------------------- SVG

function number(random: Random): string {
  const plain = (): string => (random() * 600 - 40).toFixed(Math.floor(random() * 4))
  const odd = [
    '0',
    '-0',
    '1e9',
    '-1e300',
    '1e999',
    '1e-300',
    'NaN',
    '.5',
    '-.5e-3',
    '+7',
    '',
    '9'.repeat(400),
    '0x10',
    '1e',
    '50%',
    '3em',
    '10mm',
    '2in',
    '100vw',
  ]
  return random() < 0.985 ? plain() : pick(random, odd)
}

function pathData(random: Random): string {
  const arity: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 }
  const commands = many(random, 120, () => {
    const name = pick(random, Object.keys(arity))
    const values = Array.from({ length: arity[name] ?? 0 }, (_, i) =>
      name === 'A' && (i === 3 || i === 4) ? pick(random, ['0', '1', '2']) : number(random),
    )
    return (random() < 0.5 ? name : name.toLowerCase()) + values.join(pick(random, [' ', ',', ' , ', '']))
  })
  return `M${number(random)} ${number(random)}${commands.join('')}`
}

const FUNCTIONS = ['translate(9 8)', 'scale(.5)', 'rotate(9 256 256)', 'skewX(3)', 'matrix(1 0 0 1 2 3)', 'scale(-1 1) translate(-512)']

function transform(random: Random): string {
  if (random() < 0.97) return many(random, 4, () => pick(random, FUNCTIONS)).join(' ')
  const odd = many(
    random,
    6,
    () => `${pick(random, ['translate', 'scale', 'rotate', 'explode'])}(${many(random, 7, () => number(random)).join(' ')})`,
  )
  return odd.join(' ') + pick(random, ['', '(', ' '.repeat(2000), 'scale(1'.repeat(300)])
}

function paint(random: Random): string {
  return pick(random, [
    'none',
    '#000',
    '#fff',
    'red',
    'currentColor',
    'transparent',
    'rgb(1,2,3)',
    'hsl(9 9% 9% / .5)',
    'url(#g)',
    'url(#nothing) blue',
    `url(${' '.repeat(3000)}`,
    'inherit',
    '#12345',
    '',
  ])
}

function attributes(random: Random): string {
  const given: Record<string, () => string> = {
    fill: () => paint(random),
    stroke: () => paint(random),
    'stroke-width': () => number(random),
    opacity: () => number(random),
    transform: () => transform(random),
    style: () =>
      `fill:${paint(random)};stroke:${paint(random)}${pick(random, [';', ';;', ' !important', ':'.repeat(500)])};transform:${transform(random)}`,
    class: () => pick(random, ['a', 'a b', 'b', 'none']),
    'clip-path': () => pick(random, ['url(#c)', 'url(#nothing)', 'none', 'circle(9px)']),
    display: () => pick(random, ['none', 'inline']),
    id: () => pick(random, ['a', 'b', 'c', 'g', 's']),
    mask: () => 'url(#m)',
  }
  return Object.entries(given)
    .filter(() => random() < 0.3)
    .map(([name, value]) => ` ${name}="${value().replace(/[<"&]/gu, '')}"`)
    .join('')
}

function element(random: Random, depth: number): string {
  const inside = (): string => (depth > 0 ? many(random, 6, () => element(random, depth - 1)).join('') : '')
  const n = (): string => number(random)
  const own = attributes(random)
  const shapes = [
    () => `<path${own} d="${pathData(random)}"/>`,
    () => `<line${own} x1="${n()}" y1="${n()}" x2="${n()}" y2="${n()}"/>`,
    () => `<rect${own} x="${n()}" y="${n()}" width="${n()}" height="${n()}" rx="${n()}"/>`,
    () => `<circle${own} cx="${n()}" cy="${n()}" r="${n()}"/>`,
    () => `<ellipse${own} cx="${n()}" cy="${n()}" rx="${n()}" ry="${n()}"/>`,
    () => `<polyline${own} points="${many(random, 60, n).join(' ')}"/>`,
    () => `<use${own} href="#${pick(random, ['a', 'b', 'c', 's', 'nothing'])}" x="${n()}" width="${n()}"/>`,
    () => `<g${own}>${inside()}</g>`,
    () => `<svg${own} viewBox="${many(random, 5, n).join(' ')}" width="${n()}" height="${n()}">${inside()}</svg>`,
    () => `<symbol id="s" viewBox="0 0 9 9">${inside()}</symbol>`,
    () => `<clipPath id="c">${inside()}</clipPath>`,
    () => `<text${own}>text</text>`,
    () => `<linearGradient id="g" href="#g"><stop stop-color="${paint(random)}"/></linearGradient>`,
    () => `<style>${many(random, 20, () => styleRule(random)).join('')}</style>`,
  ]
  return pick(random, shapes)()
}

const styleRule = (random: Random): string =>
  `${pick(random, ['.a', '#b', 'path', '*', 'g g g g g path', '.a > .b', 'path:first-child', '[fill="red"]', '@media print', '@font-face', ','.repeat(99), 'g~g~g'])}{fill:${paint(random)};stroke-width:${number(random)}}`

/** Small files that would expand. */
const BOMBS: readonly (() => string)[] = [
  () => `<path stroke="#000" d="M0 0${'A9 9 0 1 1 5 5 9 9 0 1 1 9 0'.repeat(9000)}"/>`,
  () => `<path stroke="#000" d="M0 0${'C-999 999 999 999 0 0'.repeat(9000)}"/>`,
  () => '<circle r="250" cx="256" cy="256" stroke="#000"/>'.repeat(4000),
  () => '<rect width="500" height="500" rx="99"/>'.repeat(4000),
  () =>
    `<g id="a">${'<path stroke="#000" d="M0 0L500 500"/>'.repeat(30)}</g>${Array.from({ length: 12 }, (_, i) => `<g id="${'bcdefghijklm'.charAt(i)}">${`<use href="#${'abcdefghijkl'.charAt(i)}"/>`.repeat(10)}</g>`).join('')}`,
  () => `<path transform="${'scale(1 '.repeat(20_000)}" d="M0 0L9 9"/>`,
  () => `<path stroke-width="${'1'.repeat(100_000)}q" stroke="url(${' '.repeat(100_000)}" d="M0 0L9 9"/>`,
  () => `<path style="${'a:b;'.repeat(50_000)}stroke:red" d="M0 0L9 9"/>`,
  () => `<style>${'.a,.b g g g>path{stroke:red}'.repeat(3000)}</style>${'<g class="a"><path class="b" d="M0 0L9 9"/></g>'.repeat(3000)}`,
  () => '<path d="M-1e5 -1e5L1e5 1e5M1e5 -1e5L-1e5 1e5" stroke="#000"/>'.repeat(2000),
  () => `<clipPath id="c"><circle r="200"/></clipPath>${'<g clip-path="url(#c)"><path d="M0 0L400 400" stroke="#000"/></g>'.repeat(1500)}`,
]

function svgFile(random: Random): Uint8Array<ArrayBuffer> {
  const inside = random() < 0.06 ? pick(random, BOMBS)() : many(random, 30, () => element(random, 3)).join('')
  const size = pick(random, [
    'viewBox="0 0 512 512"',
    'width="100%" height="100%"',
    'width="9in" height="9in"',
    '',
    `viewBox="${number(random)} 0 9 9"`,
  ])
  return encode(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`)
}

// ---------------------------------------------------------------- JSON

function anything(random: Random, depth = 3): unknown {
  const plain = [null, true, 0, -1, 1e308, Number.MAX_VALUE, '', 'x', '\ud800', '__proto__', 'ä'.repeat(300), [], {}]
  if (depth === 0 || random() < 0.6) return pick(random, plain)
  return random() < 0.5
    ? many(random, 5, () => anything(random, depth - 1))
    : Object.fromEntries(many(random, 5, () => [pick(random, ['a', 'id', 'strokes', 'length', 'points']), anything(random, depth - 1)]))
}

function jsonFile(random: Random): Uint8Array<ArrayBuffer> {
  const maybe = (value: unknown): unknown => (random() < 0.97 ? value : anything(random))
  const coordinate = (): number => (random() < 0.97 ? random() * 512 : pick(random, [1e6, -1e6, 1e-300, 0]))
  const stroke = (): unknown =>
    maybe({
      id: maybe(pick(random, ['s1', 's2', `s${random()}`])),
      part: maybe(pick(random, ['jaw', 'mouth', 'hair', 'other', 'leftEye'])),
      partIsChosen: maybe(random() < 0.5),
      widthPx: maybe(1 + random() * 7),
      usesPressure: maybe(random() < 0.5),
      points: maybe(Array.from({ length: 3 * (1 + Math.floor(random() ** 4 * 400)) }, coordinate)),
    })
  const count = random() < 0.03 ? 2500 : Math.floor(random() * 12)
  const document = maybe({
    version: maybe(1),
    id: maybe('d1'),
    name: maybe('fuzz'),
    tags: maybe(['t']),
    strokes: maybe(Array.from({ length: count }, stroke)),
  })
  const project = { format: maybe('face-studio-project'), version: maybe(1), look: maybe({ age: maybe(30) }), document }
  const file =
    random() < 0.7
      ? project
      : { format: 'face-studio-database', version: 1, sketches: maybe(many(random, 6, () => maybe({ document, look: {} }))) }
  return encode(JSON.stringify(file))
}

// ---------------------------------------------------------------- PNG

function chunk(type: string, body: Uint8Array, isSound: boolean): Uint8Array {
  const framed = Buffer.alloc(body.length + 12)
  framed.writeUInt32BE(body.length, 0)
  framed.write(type, 4, 'latin1')
  framed.set(body, 8)
  framed.writeUInt32BE(isSound ? crc32(framed.subarray(4, 8 + body.length)) : 7, 8 + body.length)
  return framed
}

function pngFile(random: Random): Uint8Array<ArrayBuffer> {
  const [width, height] = [1 + Math.floor(random() * 220), 1 + Math.floor(random() * 220)]
  const isSound = random() < 0.95
  const header = (): Uint8Array => {
    const body = Buffer.alloc(13)
    const claims = random() < 0.9
    body.writeUInt32BE(claims ? width : pick(random, [0, 8192, 100_000, 0xffffffff]), 0)
    body.writeUInt32BE(claims ? height : pick(random, [0, 8192, 100_000, 0xffffffff]), 4)
    body.set(
      [
        random() < 0.8 ? 8 : pick(random, [1, 2, 4, 16, 3]),
        random() < 0.6 ? 0 : pick(random, [2, 3, 4, 6, 7]),
        0,
        0,
        random() < 0.2 ? 1 : 0,
      ],
      8,
    )
    return chunk('IHDR', body, isSound)
  }
  const rows = Buffer.alloc((width * 8 + 8) * height)
  const lines = many(random, 8, () => [random() * width, random() * height, random() - 0.5])
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInk = lines.some(([a = 0, b = 0, slope = 0]) => Math.abs(y - b - slope * (x - a)) < 2)
      rows[y * (width + 1) + 1 + x] = isInk ? 20 : 235 + Math.floor(random() * 12)
    }
  }
  const data = deflateSync(rows.subarray(0, random() < 0.9 ? rows.length : 100))
  const extra = random() < 0.1 ? [header()] : []
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Uint8Array.from(
    Buffer.concat([signature, header(), ...extra, chunk('IDAT', data, isSound), chunk('IEND', new Uint8Array(0), true)]),
  )
}

// ---------------------------------------------------------------- damage

/** Bytes that matter to one of the formats. */
const TELLING = Array.from('<>&"\'{}[]:,/=-.e9 0\0', (character) => character.charCodeAt(0)).concat([0xff, 0x80, 0xc3])

function damagedFile(random: Random): Uint8Array<ArrayBuffer> {
  const sound = pick(random, [svgFile, jsonFile, pngFile])(random)
  const at = Math.floor(random() * sound.length)
  const byte = pick(random, TELLING)
  switch (Math.floor(random() * 3)) {
    case 0:
      return Uint8Array.from([...sound.subarray(0, at), byte, ...sound.subarray(at)])
    case 1:
      return Uint8Array.from([...sound.subarray(0, at), ...sound.subarray(at + 1 + Math.floor(random() * 40))])
    default: {
      const copy = sound.slice()
      copy[at] = byte
      return copy
    }
  }
}
