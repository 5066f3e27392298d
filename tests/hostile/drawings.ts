/** SVG files that are broken, dangerous, empty or too much. */

import { encode, type HostileFile } from './hostileFile'

const svg = (inside: string, attributes = 'viewBox="0 0 512 512"'): Uint8Array<ArrayBuffer> =>
  encode(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`)

const LINE = '<path d="M10 10L200 300" fill="none" stroke="#000" stroke-width="2"/>'

const svgFile = { mime: 'image/svg+xml' }

export const DRAWINGS: readonly HostileFile[] = [
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
