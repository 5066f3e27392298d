/** A run that rests → what is kept of it as a model: the average of the network that answers, and its partners as they are, so that a training can go on from them. */

import { StudioError } from '../shared/errors'
import { readCheckpoint, readConfiguration } from './checkpoint'
import { definitionOf } from './methods'
import type { CheckpointRow, RunRow, TrainedModel } from './ports'

export function trainedModel(row: RunRow, checkpoint: CheckpointRow, name: string): TrainedModel {
  const { options, networks } = readConfiguration(checkpoint.configuration)
  const { trainer } = readCheckpoint(checkpoint)
  const { description, answers, modelRoles, task } = definitionOf(options.method)
  const average = trainer.averages[answers]
  if (!average) throw new StudioError('model-broken', 'This checkpoint has no model in it. Train the run on, then save it again.')
  const params = (role: string) => (role === answers ? average : (trainer.networks[role] ?? {}))
  return {
    ...{ name, runId: row.runId, parent: options.parent, sizePx: options.sizePx, method: options.method },
    networks: Object.fromEntries(
      Object.entries(networks).map(([role, network]) => [modelRoles[role] ?? role, { ...network, params: params(role) }]),
    ),
    ...{ task, role: description.role, style: description.styles[0] ?? null, figures: figuresOf(row, trainer.step) },
    ...{ step: trainer.step, elapsedMs: checkpoint.elapsedMs },
  }
}

/** The first figure is the parent's. */
function figuresOf({ figures }: RunRow, step: number): TrainedModel['figures'] {
  const [first, last] = [figures[0], figures.filter((figure) => figure.step <= step).at(-1)]
  return first && last && first !== last ? { parent: first.l1, own: last.l1 } : null
}
