/** The ablation on the edit in hand: each model's face before and after, what has changed between them, and ours once more with its statistics held. */

import { editRegion } from '../../faces/regions'
import { drawingBitmap } from '../../lab/drawingSet'
import { type Edit, partLinesOf } from '../../lab/edit'
import { type GeneratedFace, type Locality, type ModelEntry, type ModelRef, refOf } from '../../workers/protocol'
import { type EditFace, type LabPort, OURS } from './roomTypes'

export interface Contestant {
  /** One of a kind. */
  readonly key: string
  readonly model: ModelEntry
  readonly isHeld: boolean
}

/** Models that are installed to be compared, in their order, and ours held behind itself. */
export function contestantsOf(models: readonly ModelEntry[]): Contestant[] {
  return models
    .filter(({ role }) => role === 'comparison')
    .flatMap((model) => [
      { key: model.id, model, isHeld: false },
      ...(model.id === OURS ? [{ key: `${model.id} held`, model, isHeld: true }] : []),
    ])
}

type Ask = (contestant: Contestant, edit: Edit, signal: AbortSignal) => Promise<EditFace | null>

/** Remembers each model's face of the drawing before, as several edits start from it. */
export function faceMaker({ models }: Pick<LabPort, 'models'>): Ask {
  const bases = new Map<string, { readonly drawing: Edit['before']; readonly face: GeneratedFace; readonly id: string }>()
  let made = 0

  async function baseOf(ref: ModelRef, key: string, { before }: Edit, signal: AbortSignal) {
    const known = bases.get(key)
    if (known?.drawing === before) return known
    const face = await models.compare(ref, ({ sizePx }) =>
      signal.aborted ? null : { ...PLAIN, revision: 0, sketch: drawingBitmap(before, sizePx), locality: { ...NOWHERE } },
    )
    if (!face) return null
    const base = { drawing: before, face, id: `lab ${key} ${++made}` }
    bases.set(key, base)
    return base
  }

  return async ({ model, isHeld }, edit, signal) => {
    const ref = refOf(model)
    const base = await baseOf(ref, model.id, edit, signal)
    if (!base) return null
    const [linesBefore, linesAfter] = partLinesOf(edit)
    const face = await models.compare(ref, ({ sizePx }) => {
      if (signal.aborted) return null
      const hold = isHeld ? { id: base.id, sketch: drawingBitmap(edit.before, sizePx), look: {} } : null
      const region = editRegion(linesBefore, linesAfter, 'other', sizePx)
      const locality: Locality = { hold, lockOutside: false, reference: { pixels: base.face.pixels }, region }
      return { ...PLAIN, revision: 0, sketch: drawingBitmap(edit.after, sizePx), locality }
    })
    if (!face?.change) return null
    const { heat, meanInside, meanOutside } = face.change
    return { edit, sizePx: face.sizePx, before: base.face.pixels, after: face.pixels, heat, meanInside, meanOutside }
  }
}

/** Every model as it is by itself. */
const PLAIN = { look: {}, tolerance: null } as const
const NOWHERE: Locality = { hold: null, lockOutside: false, reference: null, region: null }
