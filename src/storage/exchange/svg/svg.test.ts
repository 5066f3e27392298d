import { describe, expect, it } from 'vitest'
import type { SketchDocument, Stroke } from '../../../editor/document'
import { documentOf, strokeOf } from '../../testing'
import { exportSvg } from './exportSvg'
import { importSvg } from './importSvg'
import { parseXml } from './xml'

const page = (inside: string, attributes = 'viewBox="0 0 512 512"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`

/** x, y pairs of a stroke, without the pressures. */
const verticesOf = (stroke: Stroke | undefined): number[][] => {
  const points = stroke?.points ?? []
  return Array.from({ length: points.length / 3 }, (_, i) => points.slice(3 * i, 3 * i + 2))
}
const round = (vertices: number[][]) => vertices.map((vertex) => vertex.map((value) => Math.round(value * 1000) / 1000))
const import1 = (inside: string, attributes?: string) =>
  round(verticesOf(importSvg(page(`<g fill="none" stroke="#000">${inside}</g>`, attributes)).strokes[0]))

/** How far points lie from a circle at most. */
const offCircle = (points: number[][], x: number, y: number, r: number) =>
  Math.max(...points.map(([px = 0, py = 0]) => Math.abs(Math.hypot(px - x, py - y) - r)))

describe('our own SVG', () => {
  const document: SketchDocument = {
    ...documentOf('id', [], 'Ann & <Bob> "quoted"\n'),
    tags: ['a "tag"', 'url(x)', '草图'],
    strokes: [
      strokeOf('one', { part: 'jaw', partIsChosen: true, widthPx: 3.7, points: [1 / 3, 2.5e-7, 0.123456789, 511.9, -4.25, 1, 7, 8, 0] }),
      strokeOf('a "dot" & <more>', { usesPressure: false, points: [100.5, 200.25, 0.5] }),
      strokeOf('two points', { part: 'hair', points: [1e-9, 0, 0.5, 3, 4, 0.25] }),
      strokeOf('standing still', { points: [5, 5, 0.1, 5, 5, 0.2, 6, 6, 0.3] }),
    ],
  }

  it('comes back without loss: strokes, parts, pressures, name and tags', () => {
    const { strokes, tags, name } = importSvg(exportSvg(document))
    expect(strokes).toEqual(document.strokes)
    expect(tags).toEqual(document.tags)
    expect(name).toBe(document.name.trim())
  })

  it('says what is left out of the mean face and where the drawing is taken, and believes only names that it knows', () => {
    const text = exportSvg({ ...document, leftOut: ['nose', 'mouth'], unplaced: true })
    expect(importSvg(text).taken).toEqual({ leftOut: ['nose', 'mouth'], unplaced: true })
    expect(importSvg(exportSvg(document)).taken).toEqual({})
    expect(importSvg(text.replace('"nose mouth"', '"nose __proto__ hair"').replace('unplaced="true"', 'unplaced="1"')).taken).toEqual({
      leftOut: ['nose'],
    })
    expect(importSvg(text.replace('data-face-studio="1" ', '')).taken).toEqual({})
  })

  it('is a drawing of its own: one path a stroke, as wide as it is drawn', () => {
    const root = parseXml(exportSvg(document))
    const group = root.children.find(({ name }) => name === 'g')
    expect(group?.children.map(({ attributes }) => attributes.get('data-part'))).toEqual(['jaw', 'mouth', 'hair', 'mouth'])
    expect(group?.children[1]?.attributes.get('stroke-width')).toBe('2')
    expect(group?.children[2]?.attributes.get('stroke-width')).toBe('1.75')
  })

  it('changed in another program, it is what was drawn there, and knows its parts still', () => {
    const moved = exportSvg(document).replace('<g ', '<g transform="translate(10 20)" ')
    const { strokes } = importSvg(moved)
    expect(strokes.map(({ part }) => part)).toEqual(['jaw', 'mouth', 'hair', 'mouth'])
    expect(verticesOf(strokes[1])).toEqual([[110.5, 220.25]])
    const bent = exportSvg(document).replace(/d="M1e-9 0L3 4"/u, 'd="M0 0Q10 0 10 10"')
    expect(verticesOf(importSvg(bent).strokes[2]).length).toBeGreaterThan(4)
  })

  it('copied strokes get ids of their own', () => {
    const text = exportSvg(document)
    const path = /<path [^>]*data-part="jaw"[^>]*\/>/u.exec(text)?.[0] ?? ''
    const { strokes } = importSvg(text.replace(path, path + path))
    expect(strokes).toHaveLength(5)
    expect(new Set(strokes.map(({ id }) => id)).size).toBe(5)
  })
})

describe('shapes', () => {
  it('draws line, polyline, polygon and rect', () => {
    expect(import1('<line x1="1" y1="2" x2="3" y2="4"/>')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(import1('<polyline points="1,2 3,4 5-0"/>')).toEqual([
      [1, 2],
      [3, 4],
      [5, 0],
    ])
    expect(import1('<polygon points="1 2, 3 4, 5 0"/>')).toEqual([
      [1, 2],
      [3, 4],
      [5, 0],
      [1, 2],
    ])
    expect(import1('<rect x="10" y="20" width="30" height="40"/>')).toEqual([
      [10, 20],
      [40, 20],
      [40, 60],
      [10, 60],
      [10, 20],
    ])
  })

  it('draws circle, ellipse, arcs and round corners within a tenth of a pixel', () => {
    expect(offCircle(import1('<circle cx="200" cy="210" r="90"/>'), 200, 210, 90)).toBeLessThan(0.15)
    const ellipse = import1('<ellipse cx="200" cy="210" rx="90" ry="45"/>')
    expect(
      offCircle(
        ellipse.map(([x = 0, y = 0]) => [x, 210 + 2 * (y - 210)]),
        200,
        210,
        90,
      ),
    ).toBeLessThan(0.3)
    const half = import1('<path d="M100 200A50 50 0 0 1 200 200"/>')
    expect(offCircle(half, 150, 200, 50)).toBeLessThan(0.15)
    expect(Math.min(...half.map(([, y = 0]) => y))).toBeCloseTo(150, 0)
    const large = import1('<path d="M200 250A50 50 0 1 0 250 200"/>')
    expect(offCircle(large, 250, 250, 50) < 0.2 || offCircle(large, 200, 200, 50) < 0.2).toBe(true)
    expect(large.length).toBeGreaterThan(15)
    const rounded = import1('<rect x="0" y="0" width="100" height="60" rx="10"/>', 'viewBox="0 0 512 512"')
    expect(Math.max(...rounded.map(([x = 0]) => x))).toBeCloseTo(100, 3)
    expect(rounded.every(([x = 0, y = 0]) => Math.hypot(x, y) > 4)).toBe(true)
  })

  it('flattens curves closely: a quarter circle of Béziers stays round', () => {
    const k = 0.5522847498
    const d = `M300 100C300 ${100 + 100 * k} ${200 + 100 * k} 200 200 200`
    expect(offCircle(import1(`<path d="${d}"/>`), 200, 100, 100)).toBeLessThan(0.15)
  })

  it('maps groups, transforms and the view box', () => {
    expect(import1('<g transform="translate(10,20)"><g transform="scale(2)"><line x1="1" y1="2" x2="3" y2="4"/></g></g>')).toEqual([
      [12, 24],
      [16, 28],
    ])
    expect(import1('<line transform="rotate(90 10 10)" x1="10" y1="10" x2="20" y2="10"/>')).toEqual([
      [10, 10],
      [10, 20],
    ])
    expect(import1('<line transform="matrix(0 1 -1 0 5 6)" x1="1" y1="2" x2="3" y2="4"/>')).toEqual([
      [3, 7],
      [1, 9],
    ])
    expect(import1('<line x1="0" y1="0" x2="100" y2="50"/>', 'viewBox="0 0 100 50"')).toEqual([
      [0, 128],
      [512, 384],
    ])
    expect(import1('<line x1="-50" y1="0" x2="50" y2="100"/>', 'viewBox="-50 0 100 100"')).toEqual([
      [0, 0],
      [512, 512],
    ])
    expect(import1('<line x1="0" y1="0" x2="96" y2="96"/>', 'width="1in" height="1in"')).toEqual([
      [0, 0],
      [512, 512],
    ])
    expect(import1('<line x1="1000" y1="1000" x2="1010" y2="1010"/>', '')).toEqual([
      [24, 24],
      [488, 488],
    ])
  })

  it('takes the width from attributes, style and ancestors, scaled, within what the pen can draw', () => {
    const widthOf = (inside: string, attributes?: string) => importSvg(page(inside, attributes)).strokes[0]?.widthPx
    const line = '<line x2="9" y2="9" '
    expect(widthOf(`${line} stroke="red" stroke-width="3"/>`)).toBe(3)
    expect(widthOf(`${line} stroke="red" style="stroke-width: 4px; fill:none"/>`)).toBe(4)
    expect(widthOf(`<g stroke="red" stroke-width="2" transform="scale(3)">${line}/></g>`)).toBe(6)
    expect(widthOf(`${line} stroke="red" stroke-width="100"/>`)).toBe(8)
    expect(widthOf(`${line} stroke="red" stroke-width="1"/>`, 'viewBox="0 0 2048 2048"')).toBe(1)
    expect(widthOf(`${line}/>`)).toBe(2)
  })

  it('leaves out what is hidden, defined only, or the paper', () => {
    const inside = [
      '<rect width="512" height="512" fill="white"/>',
      '<g display="none"><line x2="1" y2="1"/></g>',
      '<line style="display:none" x2="1" y2="1"/>',
      '<line visibility="hidden" x2="1" y2="1"/>',
      '<defs><line x2="1" y2="1"/></defs>',
      '<clipPath><rect width="5" height="5"/></clipPath>',
      '<image href="data:image/png;base64,AAAA"/><use href="#x"/><text>hello</text>',
      '<line x1="5" y1="6" x2="7" y2="8"/>',
    ].join('')
    const { strokes } = importSvg(page(inside))
    expect(strokes.map(verticesOf)).toEqual([
      [
        [5, 6],
        [7, 8],
      ],
    ])
  })

  it('asks where a stroke belongs', () => {
    const { strokes } = importSvg(page('<line x2="9" y2="300"/>'), (lines) =>
      lines.map((points) => ((points.at(-2) ?? 0) > 200 ? 'jaw' : 'hair')),
    )
    expect(strokes[0]).toMatchObject({ part: 'jaw', partIsChosen: false, usesPressure: false })
  })

  it('reads what drawing programs add around a drawing', () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      <!-- a comment with <markup> -->
      <svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:inkscape="x" viewBox="0 0 512 512" inkscape:version="1.0">
        <svg:metadata><rdf:li>one &amp; two</rdf:li></svg:metadata>
        <svg:style><![CDATA[ .a { fill: url(#g) } ]]></svg:style>
        <svg:a xlink:href="https://example.org/author"><svg:title>Caf&#233; &#x41;</svg:title></svg:a>
        <svg:title>Face</svg:title>
        <svg:path style="fill:none;stroke:#000" d="M 1,2 3,4" />
      </svg:svg>`
    const { name, strokes } = importSvg(text)
    expect(name).toBe('Face')
    expect(strokes.map(verticesOf)).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ])
  })
})
