/** What our own SVG export says beside its paths: the way back without loss, for strokes that nobody has touched since. */

import type { SketchDocument, Stroke } from '../../../editor/document'
import { PARTS } from '../../../faces/parts'
import { newId } from '../../../shared/ids'
import { readLeftOut, readUnplaced } from '../../leftOut'
import { withinReach } from '../reach'
import { LIMITS } from '../types'
import { type Affine, IDENTITY } from './affine'
import type { XmlElement } from './xml'

export const isOwnExport = (root: XmlElement): boolean => root.attributes.has('data-face-studio')

/** @returns the stroke exactly as it was exported, or `null` when the path was changed in another program */
export function readOwnStroke({ attributes }: XmlElement, map: Affine): Stroke | null {
  const part = PARTS.find((name) => name === attributes.get('data-part'))
  const widthPx = Number(attributes.get('data-width') ?? Number.NaN)
  const pressures = (attributes.get('data-pressures') ?? '').split(' ').map(Number)
  const isUntouched = map.every((value, i) => value === IDENTITY[i])
  if (!part || !isUntouched || !(widthPx > 0 && widthPx <= 64) || !pressures.every((value) => value >= 0 && value <= 1)) return null
  const vertices = pathVertices(attributes.get('d') ?? '', pressures.length)
  if (!vertices) return null
  const points = withinReach(pressures.flatMap((pressure, i) => [vertices[2 * i] ?? 0, vertices[2 * i + 1] ?? 0, pressure]))
  const usesPressure = attributes.get('data-uses-pressure') === 'true'
  return {
    id: attributes.get('data-id') || newId(),
    part,
    partIsChosen: attributes.get('data-part-chosen') === 'true',
    widthPx,
    usesPressure,
    points,
  }
}

/** The vertices of a path of straight lines as our export writes it, flat x, y; `null` when it is not such a path. */
function pathVertices(d: string, count: number): number[] | null {
  if (!/^M[\d.e+ L-]+$/u.test(d)) return null
  const vertices = d
    .slice(1)
    .split('L')
    .map((vertex) => vertex.split(' ').map(Number))
  const expected = count === 1 ? 2 : count
  if (vertices.length !== expected || !vertices.every((vertex) => vertex.length === 2 && vertex.every(Number.isFinite))) return null
  return vertices.slice(0, count).flat()
}

/** The tags of the sketch; none when they cannot be read. */
export function readTags(root: XmlElement): string[] {
  try {
    const tags: unknown = JSON.parse(root.attributes.get('data-tags') ?? '[]')
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')
      ? tags.slice(0, LIMITS.tags).map((tag: string) => tag.slice(0, LIMITS.tagLength))
      : []
  } catch {
    return []
  }
}

/** Parts of the mean face that the sketch leaves out, and whether it is taken where it lies. */
export function readTaken({ attributes }: XmlElement): Pick<SketchDocument, 'leftOut' | 'unplaced'> {
  return {
    ...readLeftOut((attributes.get('data-left-out') ?? '').split(' ')),
    ...readUnplaced(attributes.get('data-unplaced') === 'true'),
  }
}
