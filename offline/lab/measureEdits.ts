/** Edits in one model, as the lab's screen shows them: how far each spreads through the encoder and how far the face changes, with the norms as they are and held. */

import { editRegion } from '../../src/faces/regions'
import { type InferenceSession, PLAIN } from '../../src/inference/session'
import { type DrawingGroup, drawingBitmap } from '../../src/lab/drawingSet'
import { type Edit, movedShare, partLinesOf } from '../../src/lab/edit'

export const PASSES = ['plain', 'held'] as const
export type Pass = (typeof PASSES)[number]

/** Of one edit, with the norms as they are or held. */
export interface MeasuredEdit {
  /** By layer: the share of places at which at least one bit is another. */
  readonly moved: readonly number[]
  /** Mean absolute change of the face in 1/255. */
  readonly inside: number
  readonly outside: number
}

/** The second drawing of each group against its first. */
export function firstEdits(groups: readonly DrawingGroup[]): Edit[] {
  return groups.flatMap(({ drawings: [before, after] }) => (before && after ? [{ before, after }] : []))
}

/** @returns by pass, then by edit */
export async function measureEdits(session: InferenceSession, edits: readonly Edit[]): Promise<Record<Pass, MeasuredEdit[]>> {
  const measured: Record<Pass, MeasuredEdit[]> = { plain: [], held: [] }
  for (const [i, edit] of edits.entries()) {
    const before = await session.generate(requestOf(session, edit.before))
    // Held first: the statistics of the face before are still there.
    for (const pass of ['held', 'plain'] as const)
      measured[pass].push(await measureEdit(session, edit, pass, { pixels: before.pixels, id: `edit ${i}` }))
  }
  return measured
}

async function measureEdit(
  session: InferenceSession,
  edit: Edit,
  pass: Pass,
  base: { readonly pixels: Uint8ClampedArray; readonly id: string },
): Promise<MeasuredEdit> {
  const { sizePx } = session.settings
  const [linesBefore, linesAfter] = partLinesOf(edit)
  const hold = pass === 'held' ? { id: base.id, sketch: drawingBitmap(edit.before, sizePx), look: {} } : null
  const region = editRegion(linesBefore, linesAfter, 'other', sizePx)
  const face = await session.generate({
    ...requestOf(session, edit.after),
    locality: { hold, lockOutside: false, reference: { pixels: base.pixels }, region },
  })
  const change = await session.featureChange({
    before: drawingBitmap(edit.before, sizePx),
    after: drawingBitmap(edit.after, sizePx),
    hold: pass === 'held',
  })
  if (!face.change) throw new Error('The face came without what has changed in it.')
  return { moved: change.layers.map((layer) => movedShare(layer.change)), inside: face.change.meanInside, outside: face.change.meanOutside }
}

function requestOf({ settings }: InferenceSession, drawing: Edit['before']) {
  return { sketch: drawingBitmap(drawing, settings.sizePx), look: {}, tolerance: null, locality: PLAIN }
}
