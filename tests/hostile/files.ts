/**
 * Broken and hostile files, made by code: what each is called, what it tries, and the code of the error that importing it must end in. The unit
 * tests of import and the browser journeys drop the same files.
 */

import { crc32, deflateSync } from 'node:zlib'
import type { ErrorCode } from '../../src/shared/errors'

export interface HostileFile {
  readonly name: string
  readonly mime: string
  /** What it tries. */
  readonly why: string
  readonly code: ErrorCode
  /** Words that the message must hold, so that it tells this case from the others. */
  readonly says: string
  /** Only on demand: some are large. */
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function pngHeader(width: number, height: number): Buffer {
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
const goodPng = (): Uint8Array<ArrayBuffer> => greyPng(128, 128, (x, y) => (Math.abs(x - y) < 2 || Math.abs(x + y - 127) < 2 ? 0 : 255))

function changed(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice()
  copy[at < 0 ? copy.length + at : at] = value
  return copy
}

const svg = (inside: string, attributes = 'viewBox="0 0 512 512"'): Uint8Array<ArrayBuffer> =>
  encode(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`)

const LINE = '<path d="M10 10L200 300" fill="none" stroke="#000" stroke-width="2"/>'

const stroke = (values: object = {}): object => ({
  id: 's1',
  part: 'mouth',
  partIsChosen: false,
  widthPx: 2,
  usesPressure: true,
  points: [10, 10, 0.5, 20, 20, 0.5],
  ...values,
})

const sketch = (values: object = {}): object => ({ version: 1, id: 'd1', name: 'Hostile', tags: [], strokes: [stroke()], ...values })

const project = (document: unknown, values: object = {}): string =>
  JSON.stringify({ format: 'face-studio-project', version: 1, look: {}, document, ...values })

const png = { mime: 'image/png' }
const svgFile = { mime: 'image/svg+xml' }
const json = { mime: 'application/json' }

const PICTURES: readonly HostileFile[] = [
  { ...png, name: 'empty.png', why: 'no bytes at all', code: 'unknown-file-type', says: 'empty', bytes: () => new Uint8Array(0) },
  { ...png, name: 'truncated.png', why: 'cut off half way', code: 'bad-image', says: 'cut off', bytes: () => goodPng().slice(0, 120) },
  { ...png, name: 'no-end.png', why: 'the end mark is missing', code: 'bad-image', says: 'cut off', bytes: () => goodPng().slice(0, -12) },
  {
    ...png,
    name: 'signature-only.png',
    why: 'nothing but the signature',
    code: 'bad-image',
    says: 'cut off',
    bytes: () => Uint8Array.from(SIGNATURE),
  },
  {
    ...png,
    name: 'wrong-magic.png',
    why: 'the first byte is wrong',
    code: 'unknown-file-type',
    says: 'neither',
    bytes: () => changed(goodPng(), 0, 0x88),
  },
  {
    ...png,
    name: 'bad-crc.png',
    why: 'a byte of the pixels was changed',
    code: 'bad-image',
    says: 'check sums',
    bytes: () => changed(goodPng(), 60, 0x55),
  },
  {
    ...png,
    name: 'dimension-bomb.png',
    why: 'a few bytes that claim 100,000 × 100,000 pixels',
    code: 'file-too-large',
    says: '100000',
    bytes: () =>
      Uint8Array.from(
        Buffer.concat([
          SIGNATURE,
          pngHeader(100_000, 100_000),
          chunk('IDAT', deflateSync(Buffer.alloc(10))),
          chunk('IEND', Buffer.alloc(0)),
        ]),
      ),
  },
  {
    ...png,
    name: 'no-pixels.png',
    why: 'a size of 0 × 0',
    code: 'bad-image',
    says: 'no pixels',
    bytes: () =>
      Uint8Array.from(
        Buffer.concat([SIGNATURE, pngHeader(0, 0), chunk('IDAT', deflateSync(Buffer.alloc(0))), chunk('IEND', Buffer.alloc(0))]),
      ),
  },
  {
    ...png,
    name: 'no-header.png',
    why: 'pixels before the header',
    code: 'bad-image',
    says: 'header',
    bytes: () =>
      Uint8Array.from(
        Buffer.concat([SIGNATURE, chunk('IDAT', deflateSync(Buffer.alloc(9))), pngHeader(8, 8), chunk('IEND', Buffer.alloc(0))]),
      ),
  },
  {
    ...png,
    name: 'garbage-pixels.png',
    why: 'sound chunks around data that do not decompress',
    code: 'bad-image',
    says: 'picture',
    bytes: () =>
      Uint8Array.from(
        Buffer.concat([SIGNATURE, pngHeader(8, 8), chunk('IDAT', Buffer.from('not compressed')), chunk('IEND', Buffer.alloc(0))]),
      ),
  },
  {
    ...png,
    name: 'huge.png',
    why: '30 MB of nothing',
    code: 'file-too-large',
    says: '30 MB',
    bytes: () => new Uint8Array(30 * 1024 * 1024),
  },
  { ...png, name: 'blank.png', why: 'a blank page', code: 'bad-image', says: 'No lines', bytes: () => greyPng(64, 64, () => 250) },
  {
    ...png,
    name: 'all-dark.png',
    why: 'half of it is solid black',
    code: 'bad-image',
    says: 'not a line drawing',
    bytes: () => greyPng(64, 64, (x) => (x < 31 ? 0 : 255)),
  },
  {
    ...png,
    name: 'noise.png',
    why: 'a pattern with thousands of lines',
    code: 'bad-image',
    says: 'too many lines',
    bytes: () =>
      greyPng(1024, 1024, (x, y) => {
        // Dashes, each at a height of its own, so that they are no ruled paper.
        const jitter = (Math.floor(x / 13) * 7 + Math.floor(y / 14) * 5) % 9
        return x % 13 < 9 && y % 14 >= jitter && y % 14 < jitter + 4 ? 0 : 255
      }),
  },
  {
    name: 'cut-off.jpg',
    mime: 'image/jpeg',
    why: 'a JPEG of four bytes',
    code: 'bad-image',
    says: 'cut off',
    bytes: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
  },
  {
    ...png,
    name: 'jpeg-bomb.png',
    why: 'a JPEG renamed to png that claims 60,000 × 60,000 pixels',
    code: 'file-too-large',
    says: '60000',
    bytes: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0x00, 0x11, 8, 0xea, 0x60, 0xea, 0x60, 1, 1, 0x11, 0, 0, 0, 0, 0, 0, 0),
  },
  {
    ...png,
    name: 'gif.png',
    why: 'a GIF renamed to png',
    code: 'unknown-file-type',
    says: 'GIF',
    bytes: () => encode('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;'),
  },
  {
    ...png,
    name: 'text.png',
    why: 'text renamed to png',
    code: 'unknown-file-type',
    says: 'neither',
    bytes: () => encode('just some text\n'),
  },
  {
    name: 'archive.zip',
    mime: 'application/zip',
    why: 'an archive',
    code: 'unknown-file-type',
    says: 'zip',
    bytes: () => encode('PK\u0003\u0004 and so on'),
  },
]

const DRAWINGS: readonly HostileFile[] = [
  {
    ...svgFile,
    name: 'script.svg',
    why: 'a script',
    code: 'bad-svg',
    says: 'script',
    bytes: () => svg(`<script>document.title='owned'</script>${LINE}`),
  },
  {
    ...svgFile,
    name: 'prefixed-script.svg',
    why: 'a script behind a namespace prefix',
    code: 'bad-svg',
    says: 'script',
    bytes: () => svg(`<g><s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script></g>${LINE}`),
  },
  {
    ...svgFile,
    name: 'onload.svg',
    why: 'an event handler',
    code: 'bad-svg',
    says: 'event handler',
    bytes: () => svg(LINE, `viewBox="0 0 9 9" onload="document.title='owned'"`),
  },
  {
    ...svgFile,
    name: 'javascript-link.svg',
    why: 'a link to a script, its scheme split by a tab',
    code: 'bad-svg',
    says: 'script',
    bytes: () => svg(`<a xlink:href="java&#9;script:document.title='owned'">${LINE}</a>`),
  },
  {
    ...svgFile,
    name: 'foreign-object.svg',
    why: 'a web page inside',
    code: 'bad-svg',
    says: 'foreign',
    bytes: () => svg(`<foreignObject><iframe src="//evil.example"/></foreignObject>${LINE}`),
  },
  {
    ...svgFile,
    name: 'external-image.svg',
    why: 'a picture from another host',
    code: 'bad-svg',
    says: 'refers to another file',
    bytes: () => svg(`<image href="https://evil.example/track.png"/>${LINE}`),
  },
  {
    ...svgFile,
    name: 'external-use.svg',
    why: 'a shape from another file',
    code: 'bad-svg',
    says: 'refers to another file',
    bytes: () => svg(`<use xlink:href="file:///etc/passwd#a"/>${LINE}`),
  },
  {
    ...svgFile,
    name: 'external-style.svg',
    why: 'a style sheet from another host',
    code: 'bad-svg',
    says: 'loads something',
    bytes: () => svg(`<style>@import "https://evil.example/a.css";</style>${LINE}`),
  },
  {
    ...svgFile,
    name: 'external-fill.svg',
    why: 'a paint from another host',
    code: 'bad-svg',
    says: 'loads something',
    bytes: () => svg(`<path d="M0 0L9 9" fill="url(https://evil.example/a#b)"/>`),
  },
  {
    ...svgFile,
    name: 'billion-laughs.svg',
    why: 'entities that grow a billionfold',
    code: 'bad-svg',
    says: 'entities',
    bytes: () => {
      const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
      return encode(
        `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "lol">${entities}]><svg xmlns="http://www.w3.org/2000/svg"><title>&l9;</title>${LINE}</svg>`,
      )
    },
  },
  {
    ...svgFile,
    name: 'external-entity.svg',
    why: 'an entity that reads a file',
    code: 'bad-svg',
    says: 'entities',
    bytes: () =>
      encode(
        `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><title>&x;</title>${LINE}</svg>`,
      ),
  },
  {
    ...svgFile,
    name: 'unknown-entity.svg',
    why: 'an entity that nothing defines',
    code: 'bad-svg',
    says: 'unknown entity',
    bytes: () => svg(`<title>&nbsp;</title>${LINE}`),
  },
  {
    ...svgFile,
    name: 'million-elements.svg',
    why: 'a million elements',
    code: 'too-many-points',
    says: 'elements',
    bytes: () => svg('<g/>'.repeat(1_000_000)),
  },
  {
    ...svgFile,
    name: 'million-points.svg',
    why: 'one path with a million points',
    code: 'too-many-points',
    says: 'points',
    bytes: () => svg(`<path d="M0 0${'L9 9 0 0'.repeat(500_000)}"/>`),
  },
  {
    ...svgFile,
    name: 'many-strokes.svg',
    why: 'more strokes than anyone draws',
    code: 'too-many-points',
    says: 'strokes',
    bytes: () => svg('<path d="M0 0L9 9"/>'.repeat(6000)),
  },
  {
    ...svgFile,
    name: 'nan.svg',
    why: 'coordinates that are not numbers',
    code: 'bad-svg',
    says: 'coordinates',
    bytes: () => svg('<path d="M NaN 10 L 20 20"/>'),
  },
  {
    ...svgFile,
    name: 'infinite.svg',
    why: 'coordinates without end',
    code: 'bad-svg',
    says: 'coordinates',
    bytes: () => svg('<line x1="0" y1="0" x2="1e400" y2="5"/>'),
  },
  {
    ...svgFile,
    name: 'far-away.svg',
    why: 'coordinates far outside of the page',
    code: 'bad-svg',
    says: 'coordinates',
    bytes: () => svg('<path d="M0 0L1e300 1e300"/>'),
  },
  {
    ...svgFile,
    name: 'bad-transform.svg',
    why: 'a transform that makes no sense',
    code: 'bad-svg',
    says: 'transform',
    bytes: () => svg(`<g transform="explode(9)">${LINE}</g>`),
  },
  {
    ...svgFile,
    name: 'deep.svg',
    why: 'groups nested 100,000 deep',
    code: 'bad-svg',
    says: 'nests',
    bytes: () => svg(`${'<g>'.repeat(100_000)}${LINE}${'</g>'.repeat(100_000)}`),
  },
  {
    ...svgFile,
    name: 'malformed.svg',
    why: 'a group that is never closed',
    code: 'bad-svg',
    says: 'well-formed',
    bytes: () => svg(`<g>${LINE}`),
  },
  {
    ...svgFile,
    name: 'truncated.svg',
    why: 'cut off inside of a tag',
    code: 'bad-svg',
    says: 'well-formed',
    bytes: () => svg(LINE).slice(0, -60),
  },
  {
    ...svgFile,
    name: 'no-lines.svg',
    why: 'nothing that can be drawn',
    code: 'bad-svg',
    says: 'no lines',
    bytes: () => svg('<text>hello</text>'),
  },
  {
    ...svgFile,
    name: 'page.svg',
    why: 'a web page renamed to svg',
    code: 'bad-svg',
    says: 'not an SVG',
    bytes: () => encode('<html><body onclick="x"/></html>'),
  },
]

const DATA: readonly HostileFile[] = [
  {
    ...json,
    name: 'truncated.json',
    why: 'cut off half way',
    code: 'bad-project',
    says: 'cut off',
    bytes: () => encode(project(sketch()).slice(0, 90)),
  },
  {
    ...json,
    name: 'nan.json',
    why: 'NaN as a coordinate, which JSON does not know',
    code: 'bad-project',
    says: 'damaged',
    bytes: () => encode(project(sketch()).replace('10,10', 'NaN,10')),
  },
  {
    ...json,
    name: 'infinite.json',
    why: 'a coordinate beyond every number',
    code: 'bad-project',
    says: 'coordinates',
    bytes: () => encode(project(sketch()).replace('10,10', '1e999,10')),
  },
  {
    ...json,
    name: 'null-coordinate.json',
    why: 'null as a coordinate',
    code: 'bad-project',
    says: 'coordinates',
    bytes: () => encode(project(sketch({ strokes: [stroke({ points: [null, 1, 0.5] })] }))),
  },
  {
    ...json,
    name: 'million-points.json',
    why: 'a million points',
    code: 'too-many-points',
    says: 'points',
    bytes: () => encode(project(sketch({ strokes: [stroke({ points: new Array(3_000_000).fill(1) })] }))),
  },
  {
    ...json,
    name: 'many-strokes.json',
    why: '6,000 strokes',
    code: 'too-many-points',
    says: 'strokes',
    bytes: () => encode(project(sketch({ strokes: new Array(6000).fill(stroke()) }))),
  },
  {
    ...json,
    name: 'newer-file.json',
    why: 'a file version of the future',
    code: 'bad-project',
    says: 'newer Face Studio',
    bytes: () => encode(project(sketch(), { version: 99 })),
  },
  {
    ...json,
    name: 'newer-document.json',
    why: 'a document version of the future',
    code: 'bad-project',
    says: 'newer Face Studio',
    bytes: () => encode(project(sketch({ version: 99 }))),
  },
  {
    ...json,
    name: 'no-version.json',
    why: 'no version',
    code: 'bad-project',
    says: 'version',
    bytes: () => encode(project(sketch(), { version: undefined })),
  },
  {
    ...json,
    name: 'wrong-types.json',
    why: 'numbers as texts',
    code: 'bad-project',
    says: 'width',
    bytes: () => encode(project(sketch({ strokes: [stroke({ widthPx: '2' })] }))),
  },
  {
    ...json,
    name: 'wrong-name.json',
    why: 'an object as a name',
    code: 'bad-project',
    says: 'name',
    bytes: () => encode(project(sketch({ name: { toString: 1 } }))),
  },
  {
    ...json,
    name: 'unknown-part.json',
    why: 'a part that faces do not have',
    code: 'bad-project',
    says: 'part',
    bytes: () => encode(project(sketch({ strokes: [stroke({ part: '__proto__' })] }))),
  },
  {
    ...json,
    name: 'odd-points.json',
    why: 'half a point',
    code: 'bad-project',
    says: 'points',
    bytes: () => encode(project(sketch({ strokes: [stroke({ points: [1, 2] })] }))),
  },
  {
    ...json,
    name: 'strokes-null.json',
    why: 'null for the strokes',
    code: 'bad-project',
    says: 'strokes',
    bytes: () => encode(project(sketch({ strokes: null }))),
  },
  {
    ...json,
    name: 'stroke-null.json',
    why: 'null for a stroke',
    code: 'bad-project',
    says: 'stroke 1',
    bytes: () => encode(project(sketch({ strokes: [null] }))),
  },
  {
    ...json,
    name: 'sparse-length.json',
    why: 'an object that claims a length',
    code: 'bad-project',
    says: 'strokes',
    bytes: () => encode(project(sketch({ strokes: { length: 1e9 } }))),
  },
  {
    ...json,
    name: 'proto.json',
    why: 'a project smuggled in as a prototype',
    code: 'bad-project',
    says: 'not made by Face Studio',
    bytes: () => encode(`{"__proto__":${project(sketch())},"constructor":{"prototype":{"polluted":true}}}`),
  },
  {
    ...json,
    name: 'deep.json',
    why: 'arrays nested 200,000 deep',
    code: 'bad-project',
    says: 'not made by Face Studio',
    bytes: () => encode(`${'['.repeat(200_000)}${']'.repeat(200_000)}`),
  },
  {
    ...json,
    name: 'other.json',
    why: 'JSON of another program',
    code: 'bad-project',
    says: 'not made by Face Studio',
    bytes: () => encode('{"hello":"world"}'),
  },
  {
    ...json,
    name: 'null.json',
    why: 'a project without a sketch',
    code: 'bad-project',
    says: 'no version',
    bytes: () => encode(project(null)),
  },
  {
    ...json,
    name: 'utf16.json',
    why: 'UTF-16 that does not say so',
    code: 'unknown-file-type',
    says: 'UTF-8',
    bytes: () => Uint8Array.from(Buffer.from(project(sketch()), 'utf16le')),
  },
  {
    ...json,
    name: 'bad-utf8.json',
    why: 'bytes that are no text',
    code: 'unknown-file-type',
    says: 'UTF-8',
    bytes: () => Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d),
  },
  {
    ...json,
    name: 'broken-database.json',
    why: 'a database in which no sketch can be read',
    code: 'bad-project',
    says: 'Hostile',
    bytes: () =>
      encode(JSON.stringify({ format: 'face-studio-database', version: 1, sketches: [{ document: sketch({ strokes: 7 }) }, 3] })),
  },
  {
    ...json,
    name: 'empty-database.json',
    why: 'a database without sketches',
    code: 'bad-project',
    says: 'no sketches',
    bytes: () => encode('{"format":"face-studio-database","version":1,"sketches":[]}'),
  },
  {
    ...json,
    name: 'huge.json',
    why: '30 MB of JSON that is no database',
    code: 'file-too-large',
    says: '30 MB',
    bytes: () => encode(`{"format":"face-studio-project","padding":"${'x'.repeat(30 * 1024 * 1024)}"}`),
  },
]

export const HOSTILE_FILES: readonly HostileFile[] = [...PICTURES, ...DRAWINGS, ...DATA]
