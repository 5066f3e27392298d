/** Which parts of the face the lines of a foreign drawing are: the whole drawing at once, since a line is known by those around it. */

import { assignParts } from '../../faces/partAssignment'
import type { Part } from '../../faces/parts'

/** @param lines flat x, y, pressure in sketch pixels @returns a part for each */
export type AssignParts = (lines: readonly (readonly number[])[]) => readonly Part[]

/** For drawings whose parts nobody asks for. */
export const NO_PARTS: AssignParts = (lines) => lines.map(() => 'other')

export const assignFaceParts: AssignParts = (lines) => assignParts(lines.map((points) => ({ points })))
