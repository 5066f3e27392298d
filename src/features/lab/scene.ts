/** A plot as plain shapes, from which the screen, the SVG file and the PNG file are made: places in the plane, fitted into a square with their proportions. */

import { insidePolygon } from '../../shared/polyline'
import { type Mark, markOf } from './marks'

/** Side of the square, in which marks have a radius of about one. */
export const SCENE = 100
const MARGIN = 5

export interface Dot extends Mark {
  readonly x: number
  readonly y: number
  /** Of the drawing, in the whole list. */
  readonly drawing: number
}

/**
 * @param places flat x, y, one for each of `drawings`
 * @param drawings which drawing of the whole list each is
 * @param groupOf place of a drawing's group
 */
export function sceneOf(places: ArrayLike<number>, drawings: readonly number[], groupOf: (drawing: number) => number): Dot[] {
  const at = (i: number, axis: number): number => places[2 * i + axis] ?? 0
  const range = [0, 1].map((axis) => {
    const values = drawings.map((_, i) => at(i, axis))
    return { least: Math.min(...values), most: Math.max(...values) }
  })
  const extent = Math.max(...range.map(({ least, most }) => most - least))
  const scale = extent > 0 ? (SCENE - 2 * MARGIN) / extent : 0
  const fitted = (i: number, axis: number): number => {
    const { least = 0, most = 0 } = range[axis] ?? {}
    return SCENE / 2 + scale * (at(i, axis) - (least + most) / 2)
  }
  return drawings.map((drawing, i) => ({ drawing, x: fitted(i, 0), y: fitted(i, 1), ...markOf(groupOf(drawing)) }))
}

/** The dot under a place of the scene, if one is near. */
export function dotAt(dots: readonly Dot[], x: number, y: number, reach = 4): Dot | null {
  let nearest: Dot | null = null
  let least = reach
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y)
    if (distance < least) [nearest, least] = [dot, distance]
  }
  return nearest
}

/** Drawings whose dots lie within a lasso. @param way flat x, y; it is closed by a straight line */
export function dotsWithin(dots: readonly Dot[], way: readonly number[]): number[] {
  return dots.filter(({ x, y }) => insidePolygon(way, x, y)).map(({ drawing }) => drawing)
}

export interface Sheet {
  readonly title: string
  readonly plots: readonly { readonly name: string; readonly dots: readonly Dot[] }[]
  readonly legend: readonly (Mark & { readonly name: string })[]
}

/** Of the files, in units of the scene. */
const HEAD = 14
const LEGEND_ROW = 5
const GAP = 8

export function sheetSize({ plots, legend }: Sheet): { readonly width: number; readonly height: number } {
  const columns = Math.max(1, plots.length)
  return { width: columns * (SCENE + GAP) + GAP, height: HEAD + SCENE + GAP + LEGEND_ROW * Math.ceil(legend.length / (2 * columns)) + GAP }
}

interface Text {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
}

/** What both files consist of. */
export function sheetParts(sheet: Sheet): { frames: readonly number[]; dots: readonly Dot[]; texts: readonly Text[] } {
  const columns = 2 * Math.max(1, sheet.plots.length)
  const left = (plot: number): number => GAP + plot * (SCENE + GAP)
  const dots = sheet.plots.flatMap((plot, i) => plot.dots.map((dot) => ({ ...dot, x: dot.x + left(i), y: dot.y + HEAD })))
  const names = sheet.plots.map(({ name }, i) => ({ text: name, x: left(i), y: HEAD - 2, size: 4 }))
  const places = sheet.legend.map((_, i) => ({
    x: GAP + (i % columns) * ((SCENE + GAP) / 2),
    y: HEAD + SCENE + GAP + LEGEND_ROW * Math.floor(i / columns),
  }))
  const keys = sheet.legend.map((entry, i) => ({ ...entry, drawing: -1, x: (places[i]?.x ?? 0) + 1, y: (places[i]?.y ?? 0) - 1 }))
  const labels = sheet.legend.map(({ name }, i) => ({ text: name, x: (places[i]?.x ?? 0) + 4, y: places[i]?.y ?? 0, size: 3 }))
  return {
    frames: sheet.plots.map((_, i) => left(i)),
    dots: [...dots, ...keys],
    texts: [{ text: sheet.title, x: GAP, y: 6, size: 4 }, ...names, ...labels],
  }
}

export const FRAME_TOP = HEAD

export function sheetSvg(sheet: Sheet): string {
  const { width, height } = sheetSize(sheet)
  const { frames, dots, texts } = sheetParts(sheet)
  const number = (value: number): string => String(Math.round(1000 * value) / 1000)
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${4 * width}" height="${4 * height}" font-family="sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...frames.map((x) => `<rect x="${x}" y="${HEAD}" width="${SCENE}" height="${SCENE}" fill="none" stroke="#bbbbbb" stroke-width="0.3"/>`),
    ...dots.map(
      ({ x, y, shape, colour }) =>
        `<path d="${shape}" transform="translate(${number(x)} ${number(y)})" fill="${colour}" fill-opacity="0.8"/>`,
    ),
    ...texts.map(({ text, x, y, size }) => `<text x="${x}" y="${y}" font-size="${size}" fill="#1b1d1f">${escaped(text)}</text>`),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
