/**
 * A sketch as SVG: a path for each stroke, and beside it, as plain data attributes, what a path cannot say, so that the same file comes back without
 * loss. Any drawing program shows it; edited there, it comes back as an ordinary SVG.
 */

import { POINT_STRIDE, type SketchDocument, type Stroke } from '../../../editor/document'
import { SKETCH_SIZE_PX } from '../../../shared/units'

export function exportSvg(document: SketchDocument): string {
  const size = SKETCH_SIZE_PX
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" data-face-studio="1" data-tags="${escapeXml(JSON.stringify(document.tags))}"${takenAs(document)}>`,
    `<title>${escapeXml(document.name)}</title>`,
    `<rect data-paper="true" width="${size}" height="${size}" fill="#fff"/>`,
    '<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">',
    ...document.strokes.map(strokePath),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** How the drawing is taken: parts of the mean face that do not stand in, and its place. */
function takenAs({ leftOut = [], unplaced }: SketchDocument): string {
  return `${leftOut.length > 0 ? ` data-left-out="${leftOut.join(' ')}"` : ''}${unplaced ? ' data-unplaced="true"' : ''}`
}

function strokePath({ id, part, partIsChosen, widthPx, usesPressure, points }: Stroke): string {
  const vertices: string[] = []
  const pressures: number[] = []
  for (let i = 0; i < points.length; i += POINT_STRIDE) {
    vertices.push(`${points[i]} ${points[i + 1]}`)
    pressures.push(points[i + 2] ?? 0)
  }
  // A stroke of one point is a dot, which SVG draws only for a line that goes somewhere, if only to itself.
  const d = `M${vertices.length === 1 ? [...vertices, ...vertices].join('L') : vertices.join('L')}`
  const meanPressure = pressures.reduce((sum, pressure) => sum + pressure, 0) / pressures.length
  const drawnWidth = widthPx * (usesPressure ? 0.5 + meanPressure : 1)
  const data = `data-id="${escapeXml(id)}" data-part="${part}" data-part-chosen="${partIsChosen}" data-width="${widthPx}" data-uses-pressure="${usesPressure}" data-pressures="${pressures.join(' ')}"`
  return `<path d="${d}" stroke-width="${Number(drawnWidth.toFixed(3))}" ${data}/>`
}

/** Text for content and attributes; characters that XML cannot hold at all are left out. */
export function escapeXml(text: string): string {
  const isForbidden = (character: string): boolean => /[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(character) && !'\n\t\r'.includes(character)
  const toReference = (character: string): string => (isForbidden(character) ? '' : `&#${character.codePointAt(0)};`)
  return text.replace(/[&<>"\p{Cc}\p{Cs}\ufffe\uffff]/gu, toReference)
}
