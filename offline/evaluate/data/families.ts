/**
 * True before/after pairs (`edits.jsonl`, `photo/NAME.jpg`, `mask/NAME.png`): one person, and the same person with one part of the face given another shape or
 * expression. Families stay whole: all of one is training, or all of it validation.
 */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Landmarks68, parseLandmark68 } from '../../../src/faces/landmarks'
import type { PersonAttributes } from '../../../src/faces/photoLook'
import { isValidationName } from '../../node/split'

/** The parts that families change. */
export const EDITED_PARTS = ['mouth', 'eyes', 'nose', 'brows', 'jaw'] as const
export type EditedPart = (typeof EDITED_PARTS)[number]

export interface FamilyPicture {
  readonly name: string
  readonly landmark68: Landmarks68
  readonly photoPath: string
  readonly maskPath: string
  /** Visible strands of hair (of the person) and beard as a person might draw them: flat x, y in 0–1. */
  readonly strands: { readonly hair: readonly (readonly number[])[]; readonly beard: readonly (readonly number[])[] }
}

export interface TrueEdit extends FamilyPicture {
  readonly part: EditedPart
  /** The dial or the expression. */
  readonly how: string
}

export interface Family extends FamilyPicture {
  readonly attributes: PersonAttributes
  readonly edits: readonly TrueEdit[]
}

/** Families kept from training, in their order; none without the folder. @throws Error that names the line that cannot be read */
export function readValidationFamilies(folder: string): Family[] {
  const file = path.join(folder, 'edits.jsonl')
  if (!existsSync(file)) return []
  const families = new Map<string, Family & { edits: TrueEdit[] }>()
  const lines = readFileSync(file, 'utf8').split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const row = JSON.parse(line) as Row
    const source = `${file}:${i + 1}`
    const of = row.of ?? row.name
    if (typeof row.name !== 'string' || typeof of !== 'string') throw new Error(`${source}: no usable name`)
    if (!isValidationName(of)) continue
    const picture = pictureOf(row.name, row, folder, source)
    if (row.of === undefined) families.set(of, { ...picture, attributes: row.attributes ?? {}, edits: [] })
    else families.get(of)?.edits.push({ ...picture, part: partOf(row.part, source), how: String(row.how) })
  }
  return [...families.values()]
}

interface Row {
  name?: unknown
  of?: unknown
  part?: unknown
  how?: unknown
  landmarks68?: unknown
  attributes?: PersonAttributes
  strands?: { hair?: number[][]; beard?: number[][] }
}

function pictureOf(name: string, { landmarks68, strands }: Row, folder: string, source: string): FamilyPicture {
  return {
    name,
    landmark68: parseLandmark68(landmarks68, source),
    photoPath: path.join(folder, 'photo', `${name}.jpg`),
    maskPath: path.join(folder, 'mask', `${name}.png`),
    strands: { hair: strands?.hair ?? [], beard: strands?.beard ?? [] },
  }
}

function partOf(value: unknown, source: string): EditedPart {
  const part = EDITED_PARTS.find((known) => known === value)
  if (!part) throw new Error(`${source}: no such part: ${String(value)}`)
  return part
}
