/**
 * Sketches from files: anything that JSON can hold → a document that the editor can trust, or a `StudioError` that says what is wrong. Only known
 * properties are read, by name, into fresh objects, so nothing else of the file gets in.
 */

import { DOCUMENT_VERSION, POINT_STRIDE, type SketchDocument, type Stroke } from '../../editor/document'
import type { Look, LookValue } from '../../faces/look'
import { PARTS, type Part } from '../../faces/parts'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { isPlainObject, type PlainObject, upgradeDocument } from '../documentVersions'
import { readLeftOut, readUnplaced } from '../leftOut'
import { withinReach } from './reach'
import { LIMITS } from './types'

/** What no drawing program writes is damage; what is merely far from the page is brought within reach. */
const COORDINATE_LIMIT_PX = 1e6
const WIDTH_LIMIT_PX = 64

const broken = (what: string): StudioError =>
  new StudioError('bad-project', `This sketch is damaged: ${what}. Nothing was imported; export it again from Face Studio.`)

export const tooManyPoints = (): StudioError =>
  new StudioError(
    'too-many-points',
    `This drawing has more than ${LIMITS.strokes.toLocaleString('en')} strokes or ${LIMITS.points.toLocaleString('en')} points, too many to draw with. Simplify it in the program that made it, then import it again.`,
  )

/**
 * @returns the document with its own id (a new one if that is missing)
 * @throws StudioError `bad-project` or `too-many-points`
 */
export function readDocument(raw: unknown): SketchDocument {
  const document = upgradeDocument(raw)
  const { strokes } = document
  if (!Array.isArray(strokes)) throw broken('it has no list of strokes')
  if (strokes.length > LIMITS.strokes) throw tooManyPoints()
  checkPoints(strokes)
  const ids = new Set<string>()
  const read = strokes.map((stroke: unknown, i) => readStroke(stroke, i + 1, ids))
  checkPoints(read)
  return {
    version: DOCUMENT_VERSION,
    id: readId(document.id),
    name: readName(document.name),
    tags: readTags(document.tags),
    strokes: read,
    ...readLeftOut(document.leftOut),
    ...readUnplaced(document.unplaced),
  }
}

function checkPoints(strokes: readonly unknown[]): void {
  const count = strokes.reduce(
    (sum: number, stroke) => sum + (isPlainObject(stroke) && Array.isArray(stroke.points) ? stroke.points.length : 0),
    0,
  )
  if (count > LIMITS.points * POINT_STRIDE) throw tooManyPoints()
}

/** A usable id: what it was if it is one, else a new one. */
const readId = (raw: unknown): string => (typeof raw === 'string' && raw.length > 0 && raw.length <= 100 ? raw : newId())

function readName(raw: unknown): string {
  if (typeof raw !== 'string') throw broken('its name is not a text')
  return raw.slice(0, LIMITS.nameLength)
}

function readTags(raw: unknown): string[] {
  if (!Array.isArray(raw) || !raw.every((tag) => typeof tag === 'string')) throw broken('its tags are not a list of texts')
  return [...new Set(raw.map((tag: string) => tag.slice(0, LIMITS.tagLength)))].slice(0, LIMITS.tags)
}

function readStroke(raw: unknown, place: number, ids: Set<string>): Stroke {
  if (!isPlainObject(raw)) throw broken(`stroke ${place} is not a stroke`)
  if (!isPart(raw.part)) throw broken(`stroke ${place} belongs to an unknown part`)
  const widthPx = raw.widthPx
  if (typeof widthPx !== 'number' || !(widthPx > 0 && widthPx <= WIDTH_LIMIT_PX)) throw broken(`stroke ${place} has no proper width`)
  if (typeof raw.partIsChosen !== 'boolean' || typeof raw.usesPressure !== 'boolean') throw broken(`stroke ${place} lacks its switches`)
  let id = readId(raw.id)
  if (ids.has(id)) id = newId()
  ids.add(id)
  const { part, partIsChosen, usesPressure } = raw
  return { id, part, partIsChosen, widthPx, usesPressure, points: readPoints(raw, place) }
}

const isPart = (value: unknown): value is Part => (PARTS as readonly unknown[]).includes(value)

function readPoints({ points }: PlainObject, place: number): readonly number[] {
  if (!Array.isArray(points) || points.length === 0 || points.length % POINT_STRIDE !== 0)
    throw broken(`stroke ${place} has no proper points`)
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= COORDINATE_LIMIT_PX
  if (!points.every(isNumber)) throw broken(`stroke ${place} has coordinates that are not numbers`)
  return withinReach(points.map((value: number, i) => (i % POINT_STRIDE === POINT_STRIDE - 1 ? Math.min(1, Math.max(0, value)) : value)))
}

/** The fields that hold a proper value; others are left open, as a look may always be. */
export function readLook(raw: unknown): Look {
  if (!isPlainObject(raw)) return {}
  const isSafe = (key: string): boolean => key.length <= LIMITS.tagLength && !['__proto__', 'constructor', 'prototype'].includes(key)
  const entries = Object.entries(raw).slice(0, LIMITS.tags)
  return Object.fromEntries(entries.filter((entry): entry is [string, LookValue | null] => isSafe(entry[0]) && isLookValue(entry[1])))
}

function isLookValue(value: unknown): value is LookValue | null {
  if (value === null || typeof value === 'number') return true
  if (typeof value === 'string') return value.length <= LIMITS.tagLength
  return Array.isArray(value) && value.length === 3 && value.every((channel) => typeof channel === 'number')
}
