/** Pictures that cannot be decoded or should not be. */

import { deflateSync } from 'node:zlib'
import { encode, type HostileFile } from './hostileFile'
import { changed, chunk, goodPng, greyPng, pngHeader, SIGNATURE } from './pngBytes'

const png = { mime: 'image/png' }

export const PICTURES: readonly HostileFile[] = [
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
