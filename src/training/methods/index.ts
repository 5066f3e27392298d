/** Methods by id. A new one is one file plus one line here; its twin is in `pipeline/methods/`. */

import { StudioError } from '../../shared/errors'
import type { Method } from '../method'
import { cartoon } from './cartoon'

export const METHODS = { cartoon } as const
export type MethodId = keyof typeof METHODS

/** Rejects what it does not know, and a configuration that is wrong, with a `StudioError`. */
export function methodOf(id: string, config: unknown): Method {
  if (!Object.hasOwn(METHODS, id)) throw new StudioError('bad-request', `There is no way of training called "${id.slice(0, 80)}".`)
  return METHODS[id as MethodId](config)
}
