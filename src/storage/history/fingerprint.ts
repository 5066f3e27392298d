/** One number for what is drawn on a page (names and tags apart, which change elsewhere): equal drawings have equal numbers, and others almost never. */

import type { SketchDocument, Stroke } from '../../editor/document'
import { deltaChecksum } from '../delta'
import { packStroke } from '../packing'

const PRIME = 0x01000193

/** Strokes are immutable and shared by the documents of a history: each is read once. */
const known = new WeakMap<Stroke, number>()

function strokeFingerprint(stroke: Stroke): number {
  const found = known.get(stroke)
  if (found !== undefined) return found
  const made = deltaChecksum({ beforeCount: 0, start: 0, deleteCount: 0, insert: [packStroke(stroke)] })
  known.set(stroke, made)
  return made
}

/** @param strokeCount of the drawing as it was with its first strokes alone */
export function fingerprintOf({ strokes, leftOut = [], unplaced }: SketchDocument, strokeCount = strokes.length): number {
  let hash = Math.imul(0x811c9dc5 ^ strokeCount, PRIME)
  for (let i = 0; i < strokeCount; i++) {
    const stroke = strokes[i]
    if (stroke) hash = Math.imul(hash ^ strokeFingerprint(stroke), PRIME)
  }
  for (const character of `${leftOut.join()}|${unplaced ?? false}`) hash = Math.imul(hash ^ character.charCodeAt(0), PRIME)
  return hash >>> 0
}
