/** A trained model → its files in the database, in the form of `public/models`. */

import { locate, type ModelSources } from '../../inference/loadModel'
import { readParent, writeModel } from '../../inference/trainedModel'
import { newId } from '../../shared/ids'
import type { OwnModels } from '../../storage/ownModels'
import type { TrainedModel } from '../../training/ports'
import { exampleFace } from './examplePhoto'

/** @returns the model's id. Rejects with a `StudioError`. */
export async function keepModel(
  model: TrainedModel,
  sources: ModelSources,
  models: OwnModels,
  now: () => number = Date.now,
): Promise<string> {
  // A model's id begins with a letter.
  const id = `own-${newId()}`
  const from = await parentOf(model, sources)
  const files = await writeModel({
    ...{ id, name: model.name, role: model.role, networks: model.networks, card: cardOf(model) },
    task: from?.task ?? taskFromNothing(model),
    example: from?.example ?? exampleFace(model.sizePx),
  })
  const bytes = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  const { name, role, style, runId, figures } = model
  const parent = model.parent && ('shipped' in model.parent ? model.parent.shipped : model.parent.checkpoint)
  await models.put({ id, name, createdAt: now(), updatedAt: now(), role, style, parent, runId, figures, bytes }, files)
  return id
}

/** Lines are given whole; other pictures can be mixed with the photo. */
function taskFromNothing({ task, sizePx, style }: TrainedModel): Readonly<Record<string, unknown>> {
  return { id: task, sizePx, style, ...(style === 'drawing' ? {} : { strength: { default: 1 } }) }
}

/** What it says of its task; `null` from nothing, or when it is gone. */
async function parentOf({ parent }: TrainedModel, sources: ModelSources) {
  if (!parent) return null
  const { readFile, id } = locate(sources, parent)
  return readParent(readFile, id).catch(() => null)
}

/** The start of a model's card: what the files know. */
function cardOf({ name, method, parent, step, elapsedMs, figures, networks }: TrainedModel): string {
  const from = parent ? `the model ${'shipped' in parent ? parent.shipped : parent.checkpoint}` : 'nothing'
  const figure = figures
    ? `${figures.own.toFixed(2)}/255 on held-out pictures, its parent ${figures.parent.toFixed(2)}/255`
    : 'not measured'
  return `# ${name}

| | |
|---|---|
| trained | in the browser by ${method}, ${step} steps from ${from}, ${Math.round(elapsedMs / 60_000)} minutes |
| networks | ${Object.entries(networks)
    .map(([role, { family }]) => `${role} (${family})`)
    .join(', ')} |
| figures | ${figure} |

## Data
Say which pictures trained it, and under which licence.
`
}
