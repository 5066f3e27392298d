/** Configurations as they stand in a manifest: checked fields, or a `StudioError` that names the field and what it must be. */

import { StudioError } from '../shared/errors'
import { type Refuse, read, type Schema } from '../shared/schema'

export const refuseConfig: Refuse = (field, wanted) => {
  throw new StudioError('model-broken', `The model's configuration is broken: "${field}" must be ${wanted}. Install the model again.`)
}

export function readConfig<T>(schema: Schema<T>, value: unknown, place = 'config'): T {
  return read(schema, value, { whole: place, prefix: `${place}.` }, refuseConfig)
}
