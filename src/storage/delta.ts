/**
 * What one committed change did to the strokes, as one splice: (strokes before, strokes after) ⇄ delta. Documents share structure, so
 * strokes are compared by identity and a delta costs as much as what changed, whatever the size of the drawing.
 */

import type { Stroke } from '../editor/document'
import { type PackedStroke, packStroke, unpackStroke } from './packing'

/** Replace `deleteCount` strokes from `start` on by `insert`; a string there is the id of a deleted stroke that stays as it was. */
export interface StrokesDelta {
  readonly beforeCount: number
  readonly start: number
  readonly deleteCount: number
  readonly insert: readonly (PackedStroke | string)[]
}

/** `null` when nothing changed. */
export function diffStrokes(before: readonly Stroke[], after: readonly Stroke[]): StrokesDelta | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const deleted = before.slice(start, before.length - tail)
  const inserted = after.slice(start, after.length - tail)
  if (deleted.length === 0 && inserted.length === 0) return null
  const staying = byId(deleted)
  const insert = inserted.map((stroke) => (staying.get(stroke.id) === stroke ? stroke.id : packStroke(stroke)))
  return { beforeCount: before.length, start, deleteCount: deleted.length, insert }
}

/** The strokes after the change, or `null` when the stored delta is damaged or does not belong to these strokes. */
export function applyDelta(before: readonly Stroke[], raw: unknown): Stroke[] | null {
  if (!isDelta(raw) || raw.beforeCount !== before.length || raw.start + raw.deleteCount > before.length) return null
  const staying = byId(before.slice(raw.start, raw.start + raw.deleteCount))
  const inserted: Stroke[] = []
  for (const item of raw.insert) {
    const stroke = typeof item === 'string' ? staying.get(item) : unpackStroke(item)
    if (!stroke) return null
    inserted.push(stroke)
  }
  return [...before.slice(0, raw.start), ...inserted, ...before.slice(raw.start + raw.deleteCount)]
}

const byId = (strokes: readonly Stroke[]): Map<string, Stroke> => new Map(strokes.map((stroke) => [stroke.id, stroke]))

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function isDelta(raw: unknown): raw is StrokesDelta {
  if (typeof raw !== 'object' || raw === null) return false
  const { beforeCount, start, deleteCount, insert } = raw as Record<string, unknown>
  return isCount(beforeCount) && isCount(start) && isCount(deleteCount) && Array.isArray(insert)
}

/** Bytes that a delta takes in the database, roughly. */
export function deltaBytes(delta: StrokesDelta): number {
  return delta.insert.reduce((sum, item) => sum + (typeof item === 'string' ? item.length : 120 + item.points.byteLength), 60)
}

/** FNV-1a over everything in a delta; a stored entry whose check differs was damaged. */
export function deltaChecksum(delta: StrokesDelta): number {
  let hash = 0x811c9dc5
  const mix = (word: number): void => {
    hash = Math.imul(hash ^ word, 0x01000193)
  }
  const mixText = (text: string): void => {
    for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i))
  }
  mixText(`${delta.beforeCount},${delta.start},${delta.deleteCount},${delta.insert.length}`)
  for (const item of delta.insert) {
    if (typeof item === 'string') {
      mixText(item)
      continue
    }
    mixText(`${item.id},${item.part},${item.partIsChosen},${item.widthPx},${item.usesPressure}`)
    for (const word of new Uint32Array(item.points.buffer, item.points.byteOffset, item.points.length * 2)) mix(word)
  }
  return hash >>> 0
}
