/**
 * The annotated faces (`faces.jsonl` or several `faces-*.jsonl`, `photo/NAME.jpg`, `mask/NAME.png`) of one or several folders, and their split into
 * training and validation: the folder's `split.json`, otherwise the rule.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { parseLandmark68 } from '../../src/faces/landmarks'
import type { Look } from '../../src/faces/look'
import { isValidationName, readSplit } from './split'

/** What is known of a person; what an annotation leaves out is `null`. */
export interface Person {
  /** 0 female – 1 male. */
  male: number | null
  ageYears: number | null
  /** 0 light – 4 dark. */
  skinTone: number | null
  /** 0 none – 1 broad. */
  smile: number | null
}

export interface AnnotatedFace {
  name: string
  landmark68: Landmarks68
  photoPath: string
  /** Regions as one byte a pixel; the file may be missing. */
  maskPath: string
  person: Person
  /** Kept from training. */
  isValidation: boolean
}

/** All faces of some data folders, in their order. @throws Error that says what is missing, or which name occurs twice */
export function readFaceSets(folders: readonly string[]): AnnotatedFace[] {
  const faces = folders.flatMap(readFaceSet)
  const names = new Set<string>()
  for (const { name, photoPath } of faces) {
    if (names.has(name)) throw new Error(`${photoPath}: another face is called ${name}, too.`)
    names.add(name)
  }
  return faces
}

function readFaceSet(folder: string): AnnotatedFace[] {
  const lists = existsSync(folder) ? readdirSync(folder).filter((file) => /^faces(-.*)?\.jsonl$/.test(file)) : []
  if (lists.length === 0)
    throw new Error(`${path.join(folder, 'faces.jsonl')} does not exist; name the folder of the annotated faces with --data.`)
  const { validation, train, leftOut } = readSplit(path.join(folder, 'split.json'))
  const [validating, training, out] = [new Set(validation), new Set(train), new Set(leftOut)]
  return lists
    .sort()
    .flatMap((list) => parseList(path.join(folder, list), folder))
    .filter(({ name }) => !out.has(name))
    .map((face) => ({ ...face, isValidation: validating.has(face.name) || (!training.has(face.name) && isValidationName(face.name)) }))
}

function parseList(index: string, folder: string): Omit<AnnotatedFace, 'isValidation'>[] {
  return readFileSync(index, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => parseFace(line, `${index}:${i + 1}`, folder))
}

function parseFace(line: string, source: string, folder: string): Omit<AnnotatedFace, 'isValidation'> {
  const { name, landmarks68, attributes } = JSON.parse(line) as { name?: unknown; landmarks68?: unknown; attributes?: unknown }
  if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) throw new Error(`${source}: no usable name`)
  return {
    name,
    landmark68: parseLandmark68(landmarks68, source),
    photoPath: path.join(folder, 'photo', `${name}.jpg`),
    maskPath: path.join(folder, 'mask', `${name}.png`),
    person: parsePerson(attributes),
  }
}

function parsePerson(attributes: unknown): Person {
  const { male, age, tone, smile } = (attributes ?? {}) as Record<string, unknown>
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
  return { male: number(male), ageYears: number(age), skinTone: number(tone), smile: number(smile) }
}

/** `count` items spread evenly over the list; all of them when there are fewer. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items]
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)] as T)
}

/** Looks by face name, from the files that the pipeline writes beside its packs. A missing file gives none. */
export function readLooks(files: readonly string[]): ReadonlyMap<string, Look> {
  return new Map(files.filter(existsSync).flatMap(readLookFile))
}

function readLookFile(file: string): [string, Look][] {
  const rows = JSON.parse(readFileSync(file, 'utf8')) as unknown
  const isRow = (row: unknown): row is { name: string; look: Look } =>
    typeof row === 'object' &&
    row !== null &&
    'name' in row &&
    typeof row.name === 'string' &&
    'look' in row &&
    typeof row.look === 'object'
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new Error(`${file}: expected rows { name, look }`)
  return rows.map(({ name, look }) => [name, look])
}
