/**
 * Doodles: what becomes of faces that ordinary people drew without any template? Drawings of the word "face" (Quick, Draw! by Google, CC BY 4.0) are fitted into the
 * head's place on the page, their strokes get parts as in the studio, the mean face stands in for what is missing, and it is counted how often the
 * detector finds a face.
 */

import { existsSync, readFileSync } from 'node:fs'
import type { InkLine } from '../../../src/editor/rasterizer'
import { assignPart } from '../../../src/faces/partAssignment'
import { placementOf } from '../../../src/faces/placement'
import { applyToFlat } from '../../../src/faces/similarity'
import { type PartLine, standIns } from '../../../src/faces/standIns'
import type { Detection } from '../../node/detector'
import { type Measure, notMeasured, type SheetRow } from './measure'
import { contourToInkLine, foundFigure, foundOnPhotos, outcomeOf, showFound } from './sketchOutcome'

/** The head's place on the page, hair included, in sketch pixels. */
const HEAD_BOX = { left: 82, top: 62, width: 348, height: 414 }
const DOODLE_WIDTH_PX = 2

/** A drawing's strokes as flat x, y lists in its own unit. */
export type Doodle = readonly (readonly number[])[]

/** Drawings in the simplified Quick, Draw! format: one JSON object a line, `drawing: [[xs, ys], …]`. */
export function parseDoodles(text: string): Doodle[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, i) => {
    const { drawing } = JSON.parse(line) as { drawing?: unknown }
    const isStroke = (stroke: unknown): stroke is [number[], number[]] =>
      Array.isArray(stroke) && stroke.length >= 2 && stroke.slice(0, 2).every((list) => Array.isArray(list) && list.every(Number.isFinite))
    if (!Array.isArray(drawing) || !drawing.every(isStroke)) throw new Error(`drawing ${i + 1}: expected strokes [xs, ys]`)
    return drawing.map(([xs, ys]) => xs.flatMap((x, j) => [x, ys[j] ?? 0]))
  })
}

/** Fits a drawing into the head's place, keeping its proportions; strokes come out as x, y, pressure in sketch pixels. */
export function fitToHead(doodle: Doodle): number[][] {
  const xs = doodle.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 0))
  const ys = doodle.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 1))
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  const width = Math.max(...xs) - left
  const height = Math.max(...ys) - top
  const scale = Math.min(HEAD_BOX.width / Math.max(1, width), HEAD_BOX.height / Math.max(1, height))
  const originX = HEAD_BOX.left + (HEAD_BOX.width - width * scale) / 2
  const originY = HEAD_BOX.top + (HEAD_BOX.height - height * scale) / 2
  return doodle.map((stroke) => {
    const points: number[] = []
    for (let i = 0; i + 1 < stroke.length; i += 2) {
      points.push(originX + ((stroke[i] ?? 0) - left) * scale, originY + ((stroke[i + 1] ?? 0) - top) * scale, 0.5)
    }
    return points
  })
}

/** The ink that the generator sees: the strokes as they were drawn, one after the other, and the stand-ins. */
export function doodleLines(strokes: readonly number[][]): InkLine[] {
  const drawn: PartLine[] = []
  for (const points of strokes) drawn.push({ part: assignPart(points, drawn), points })
  // As in the studio: what is drawn comes to its place first.
  const placement = placementOf(drawn)
  const placed = drawn.map(({ part, points }): PartLine => ({ part, points: applyToFlat(placement, points, 3) }))
  const ink = placed.map(({ points }) => points.map((value, i) => (i % 3 === 2 ? DOODLE_WIDTH_PX : value)))
  return [...ink, ...standIns(placed).map(contourToInkLine)]
}

export const doodles: Measure = {
  id: 'doodles',
  title: 'Doodles: does a face come out of what people draw without any template?',
  about:
    'Drawings of the word "face" (Quick, Draw! by Google, CC BY 4.0) are fitted into the head\'s place on the page, their strokes get parts as in the studio, and the mean face stands in ' +
    "for what is missing. Counted: pictures in which the detector finds exactly one face; in brackets its mean certainty. The model's default look and tolerance.",
  references: ['true photos'],
  sheetColumns: ['sketch', 'face'],
  needsAnySketch: true,
  async run(subject) {
    if (!existsSync(subject.doodlesFile)) return notMeasured(`${subject.doodlesFile} does not exist; name the drawings with --doodles.`)
    const drawings = parseDoodles(readFileSync(subject.doodlesFile, 'utf8'))
    const sheet: SheetRow[] = []
    const detections: (Detection | null)[] = []
    for (const [i, drawing] of drawings.entries()) {
      const { detected, sheetRow } = await outcomeOf(subject, { name: '', lines: doodleLines(fitToHead(drawing)) })
      detections.push(detected)
      sheet.push(sheetRow)
      subject.onProgress(i + 1, drawings.length)
    }
    const figures = foundFigure(detections)
    const photos = showFound(await foundOnPhotos(subject, subject.faces))
    return { figures, rows: [{ label: 'one face (certainty)', value: showFound(figures), references: [photos] }], remarks: [], sheet }
  },
}
