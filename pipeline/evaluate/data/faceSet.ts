/** The annotated faces (`faces.jsonl` and `photo/NAME.jpg`) and their split into training and validation. */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import type { Look } from '../../../src/faces/look'
import { parseLandmark68 } from '../landmarks/landmark68'

export interface AnnotatedFace {
  name: string
  landmark68: Landmarks68
  photoPath: string
}

/** Every twentieth name is kept for validation. */
const VALIDATION_EVERY = 20

export const isValidationName = (name: string): boolean => Number(name) % VALIDATION_EVERY === 0

/** All faces of a data folder, in its order. @throws Error that says what is missing */
export function readFaceSet(folder: string): AnnotatedFace[] {
  const index = path.join(folder, 'faces.jsonl')
  if (!existsSync(index)) throw new Error(`${index} does not exist; name the folder of the annotated faces with --data.`)
  return readFileSync(index, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => parseFace(line, `${index}:${i + 1}`, folder))
}

function parseFace(line: string, source: string, folder: string): AnnotatedFace {
  const { name, landmarks68 } = JSON.parse(line) as { name?: unknown; landmarks68?: unknown }
  if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) throw new Error(`${source}: no usable name`)
  return { name, landmark68: parseLandmark68(landmarks68, source), photoPath: path.join(folder, 'photo', `${name}.jpg`) }
}

/** `count` items spread evenly over the list; all of them when there are fewer. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items]
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)] as T)
}

/** Looks by face name, from the file that the pipeline writes beside its pack. A missing file gives none. */
export function readLooks(file: string): ReadonlyMap<string, Look> {
  if (!existsSync(file)) return new Map()
  const rows = JSON.parse(readFileSync(file, 'utf8')) as unknown
  const isRow = (row: unknown): row is { name: string; look: Look } =>
    typeof row === 'object' &&
    row !== null &&
    'name' in row &&
    typeof row.name === 'string' &&
    'look' in row &&
    typeof row.look === 'object'
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error(`${file}: expected rows { name, look }`)
  return new Map(rows.map(({ name, look }) => [name, look]))
}
