/** Methods by id. A new one is one file plus one line here and its id in the protocol; its twin is in `pipeline/methods/`. */

import { StudioError } from '../../shared/errors'
import type { TrainingMethodId } from '../../workers/trainingProtocol'
import type { MethodDefinition } from '../definition'
import type { Method } from '../method'
import { cartoon, cartoonDefinition } from './cartoon'
import { cycleGan, cycleGanDefinition } from './cycleGan'
import { portraitDrawing } from './portraitDrawing'
import { portraitDrawingDefinition } from './portraitDrawingDefinition'

export const METHODS: Readonly<
  Record<TrainingMethodId, { readonly create: (config: unknown) => Method; readonly offered: MethodDefinition }>
> = {
  cartoon: { create: cartoon, offered: cartoonDefinition },
  cycleGan: { create: cycleGan, offered: cycleGanDefinition },
  portraitDrawing: { create: portraitDrawing, offered: portraitDrawingDefinition },
}

const known = (id: string): id is TrainingMethodId => Object.hasOwn(METHODS, id)

/** Rejects what it does not know, and a configuration that is wrong, with a `StudioError`. */
export function methodOf(id: string, config: unknown): Method {
  return entryOf(id).create(config)
}

/** As the studio offers it. */
export function definitionOf(id: string): MethodDefinition {
  return entryOf(id).offered
}

function entryOf(id: string): (typeof METHODS)[TrainingMethodId] {
  if (!known(id)) throw new StudioError('bad-request', `There is no way of training called "${id.slice(0, 80)}".`)
  return METHODS[id]
}
