/**
 * The lab's drawings: groups of whole faces, each drawing a list of lines. A file keeps each line once (`lines`), as an edit of one part leaves the others as
 * they are; so equal lines are equal to the bit. Read with every field checked, as any file from outside.
 */

import * as v from 'valibot'
import { type InkLine, rasterize } from '../editor/rasterizer'
import { StudioError } from '../shared/errors'
import { finite, list, matching, object, read, wholeNumber } from '../shared/schema'

export const DRAWING_SET_VERSION = 1

/** As the thesis draws them: full width in sketch pixels. */
const LINE_WIDTH_PX = 2

/** The groups of the thesis's feature study, in its order (G1 … G11). */
export const GROUP_IDS = [
  'hair',
  'attribute',
  'faceShape',
  'brows',
  'eyeShape',
  'eyeSize',
  'doodles',
  'mouth',
  'nose',
  'mouthOtherEyes',
  'noseOtherEyes',
] as const
export type GroupId = (typeof GROUP_IDS)[number]

/** How many drawings each group has (thesis, chapter 3): they add up to 200. Two of them stand in two groups, which leaves the thesis's 198. */
export const GROUP_SIZES: Readonly<Record<GroupId, number>> = {
  hair: 26,
  attribute: 15,
  faceShape: 12,
  brows: 17,
  eyeShape: 19,
  eyeSize: 9,
  doodles: 12,
  mouth: 26,
  nose: 19,
  mouthOtherEyes: 26,
  noseOtherEyes: 19,
}

/** Flat x, y in sketch pixels (0–512). */
export type Line = readonly number[]
export type Drawing = readonly Line[]

export interface DrawingGroup {
  readonly id: string
  readonly drawings: readonly Drawing[]
}

/** As it lies in the file. */
export interface DrawingFile {
  readonly version: typeof DRAWING_SET_VERSION
  readonly lines: readonly Line[]
  /** Each drawing names its lines by their places in `lines`. */
  readonly groups: readonly { readonly id: string; readonly drawings: readonly (readonly number[])[] }[]
}

const SCHEMA = object({
  version: v.literal(DRAWING_SET_VERSION, `${DRAWING_SET_VERSION}`),
  lines: list(list(finite)),
  groups: list(object({ id: matching(/^[a-zA-Z]{1,40}$/), drawings: list(list(wholeNumber(0, 100_000))) })),
})

/** @throws StudioError that names what is wrong with the file */
export function readDrawings(value: unknown): DrawingGroup[] {
  const refuse = (field: string, wanted: string): never => {
    throw new StudioError('bad-project', `The lab's drawings cannot be read: "${field}" must be ${wanted}. Reload the page.`)
  }
  const file = read(SCHEMA, value, { whole: 'file' }, refuse)
  return file.groups.map(({ id, drawings }) => ({
    id,
    drawings: drawings.map((places) => places.map((place) => file.lines[place] ?? refuse('groups', 'places of lines that are there'))),
  }))
}

/** Each line once. */
export function writeDrawings(groups: readonly DrawingGroup[]): DrawingFile {
  const places = new Map<string, number>()
  const lines: Line[] = []
  const placeOf = (line: Line): number => {
    const key = line.join()
    const known = places.get(key) ?? lines.push(line) - 1
    places.set(key, known)
    return known
  }
  return {
    version: DRAWING_SET_VERSION,
    groups: groups.map(({ id, drawings }) => ({ id, drawings: drawings.map((drawing) => drawing.map(placeOf)) })),
    lines,
  }
}

/** One string a drawing: equal for equal ones. */
export const drawingKey = (drawing: Drawing): string => drawing.map((line) => line.join()).join(';')

/** As a model sees it. @returns `[sizePx · sizePx]` grey, 255 paper, 0 ink */
export function drawingBitmap(drawing: Drawing, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  return rasterize(drawing.map(inkLine), sizePx)
}

function inkLine(line: Line): InkLine {
  const ink: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) ink.push(line[i] as number, line[i + 1] as number, LINE_WIDTH_PX)
  return ink
}
