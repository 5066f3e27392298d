/** Drawings as browsers show them: what drawing programs write, and what of it can be seen. */

import { describe, expect, it } from 'vitest'
import { boundsOf } from '../../../shared/polyline'
import { importSvg } from './importSvg'

const svg = (inside: string, attributes = 'viewBox="0 0 512 512"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`
const MOUTH = '<path d="M150 380 Q256 440 362 380" fill="none" stroke="#000" stroke-width="3"/>'
type Box = readonly [number, number, number, number]
const MOUTH_BOX: Box = [150, 380, 362, 410]

const boxes = (text: string): Box[] =>
  importSvg(text).strokes.map(({ points }) => {
    const { left, top, right, bottom } = boundsOf(points, 3)
    return [left, top, right, bottom] as const
  })

describe('what can be seen of an SVG', () => {
  it.each<[string, string, readonly Box[]]>([
    ['a page behind in percent', svg(`<rect width="100%" height="100%" fill="white"/>${MOUTH}`), [MOUTH_BOX]],
    [
      'a mirrored clone',
      svg(
        '<g id="h"><path d="M256 490 C150 480 90 380 90 250" fill="none" stroke="#000"/></g><use xlink:href="#h" transform="translate(512 0) scale(-1 1)"/>',
      ),
      [
        [90, 250, 256, 490],
        [256, 250, 422, 490],
      ],
    ],
    [
      'classes',
      svg(`<style>.b{display:none}.c{stroke:none;fill:none}</style>${MOUTH}<path class="b" d="M9 9H99"/><path class="c" d="M9 9H99"/>`),
      [MOUTH_BOX],
    ],
    [
      'selectors by descent and list, and rules for print',
      svg(
        '<style>/* x */ g.f > path, #x { fill: none; stroke: #000 } @media print { path { display: none } }</style><g class="f"><path d="M100 100H200"/></g><path id="x" d="M100 200H200"/>',
      ),
      [
        [100, 100, 200, 100],
        [100, 200, 200, 200],
      ],
    ],
    ['a frame without fill or line', svg(`<path d="M0 0h512v512H0z" fill="none"/>${MOUTH}`), [MOUTH_BOX]],
    [
      'lines that are clear',
      svg(`<path d="M9 99H400" stroke="#000" opacity="0"/><path d="M9 99H400" stroke="#0000"/>${MOUTH}`),
      [MOUTH_BOX],
    ],
    ['a line in the colour of the page', svg(`<path d="M10 10H400" stroke="#fefefe" stroke-width="3"/>${MOUTH}`), [MOUTH_BOX]],
    ['white lines on a black page', svg(`<rect width="512" height="512"/>${MOUTH.replace('#000', '#fff')}`), [MOUTH_BOX]],
    ['white lines on nothing', svg(MOUTH.replace('#000', '#fff')), [MOUTH_BOX]],
    ['a white shape over half of it', svg(`${MOUTH}<rect x="256" y="300" width="200" height="200" fill="#fff"/>`), [[150, 380, 256, 410]]],
    [
      'an inner viewport',
      svg('<svg x="256" width="256" height="256" viewBox="0 0 100 100"><path d="M0 0L100 100" stroke="#000"/></svg>'),
      [[256, 0, 512, 256]],
    ],
    [
      'a symbol at a size of its own',
      svg(
        '<symbol id="s" viewBox="0 0 10 10"><path d="M0 0L10 10" stroke="#000"/></symbol><use href="#s" x="100" y="100" width="200" height="200"/>',
      ),
      [[100, 100, 300, 300]],
    ],
    [
      'a clip',
      svg(`<clipPath id="c"><rect width="256" height="512"/></clipPath><g clip-path="url(#c)">${MOUTH}</g>`),
      [[150, 380, 256, 410]],
    ],
    [
      'a clip by a clone',
      svg(
        `<defs><circle id="q" cx="256" cy="395" r="30"/><clipPath id="c"><use href="#q"/></clipPath></defs><g clip-path="url(#c)">${MOUTH}</g>`,
      ),
      [[229, 408, 283, 410]],
    ],
    [
      'a transform of CSS',
      svg('<g style="transform: translate(100px, 50px) rotate(90deg)"><path d="M0 0H100" stroke="#000"/></g>'),
      [[100, 50, 100, 150]],
    ],
    [
      'a font that the file carries',
      svg(`<style>@font-face{font-family:F;src:url(data:font/woff2;base64,d09G)}</style>${MOUTH}`),
      [MOUTH_BOX],
    ],
    [
      'lines that cross',
      svg('<path d="M100 100L400 400M400 100L100 400" stroke="#000" stroke-width="6" fill="none"/>'),
      [
        [100, 100, 400, 400],
        [100, 100, 400, 400],
      ],
    ],
    [
      'namespaces as entities',
      `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>${svg(MOUTH).replace('http://www.w3.org/2000/svg', '&ns;')}`,
      [MOUTH_BOX],
    ],
  ])('%s', (_, text, expected) => {
    const found = boxes(text)
    expect(found).toHaveLength(expected.length)
    for (const [i, box] of expected.entries())
      for (const [k, value] of box.entries()) expect(Math.abs((found[i]?.[k] ?? 0) - value)).toBeLessThan(3)
  })

  it('takes an outlined stroke for the line in its middle, and a blob for its edge', () => {
    const [ribbon] = importSvg(svg('<path d="M150 380 Q256 440 362 380 L362 390 Q256 450 150 390 Z"/>')).strokes
    expect(ribbon?.widthPx).toBeGreaterThanOrEqual(6)
    expect(ribbon?.points.slice(0, 2)).not.toEqual(ribbon?.points.slice(-3, -1))
    const [blob] = importSvg(svg('<circle cx="200" cy="200" r="40"/>')).strokes
    expect(blob?.points.slice(0, 2)).toEqual(blob?.points.slice(-3, -1))
    const traced = importSvg(svg('<path fill-rule="evenodd" d="M100 100H300V300H100ZM104 104V296H296V104Z"/>')).strokes
    expect(traced).toHaveLength(1)
  })

  it('says what it left out', () => {
    const { leftOut } = importSvg(svg(`${MOUTH}<text>a</text><text>b</text><image href="data:image/png;base64,AA"/><g mask="url(#m)"/>`))
    expect([...leftOut]).toEqual([
      ['text', 2],
      ['images', 1],
      ['masks', 1],
    ])
  })

  it.each([
    ['spaces in url()', `<path stroke="url(${' '.repeat(200_000)}" d="M0 0L9 9"/>`],
    ['digits in a length', `<path stroke-width="${'1'.repeat(200_000)}q" d="M0 0L9 9"/>`],
    ['brackets in a transform', `<path transform="${'scale(1 '.repeat(50_000)}" d="M0 0L9 9"/>`],
    ['declarations in a style', `<path style="${'a:b;'.repeat(100_000)}" d="M0 0L9 9"/>`],
    ['arcs in a path', `<path stroke="#000" d="M0 0${'A9 9 0 1 1 5 5 9 9 0 1 1 9 0'.repeat(9000)}"/>`],
    ['circles', '<circle r="250" cx="256" cy="256" stroke="#000"/>'.repeat(6000)],
    [
      'clones of clones',
      `<g id="a"><path d="M0 0L9 9"/></g>${Array.from({ length: 12 }, (_, i) => `<g id="${'bcdefghijklm'.charAt(i)}">${`<use href="#${'abcdefghijkl'.charAt(i)}"/>`.repeat(10)}</g>`).join('')}`,
    ],
  ])('ends soon with endless %s', (_, inside) => {
    const started = process.cpuUsage()
    try {
      importSvg(svg(inside))
    } catch (error) {
      expect(error).toMatchObject({ name: 'StudioError' })
    }
    expect((process.cpuUsage(started).user + process.cpuUsage(started).system) / 1000).toBeLessThan(2500)
  })
})
