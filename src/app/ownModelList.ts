/** The models of this machine as the screens list them, beside the shipped ones: read when somebody asks for the first time, and again after every change. */

import { type OwnModels, openOwnModels } from '../storage/ownModels'
import type { OwnModelRow } from '../storage/trainingRows'
import { MODEL_ROLES, type ModelEntry, PICTURE_STYLES } from '../workers/protocol'

export interface OwnModelList {
  /** The same list until it changes. */
  entries(): readonly ModelEntry[]
  subscribe(listener: () => void): () => void
}

const NONE: readonly ModelEntry[] = []

export function createOwnModelList(open: () => Promise<Pick<OwnModels, 'list' | 'onChange'>> = openOwnModels): OwnModelList {
  const listeners = new Set<() => void>()
  let entries = NONE
  let isOpened = false
  const start = async (): Promise<void> => {
    const models = await open()
    const refresh = async (): Promise<void> => {
      entries = (await models.list()).flatMap(entryOf)
      for (const listener of listeners) listener()
    }
    models.onChange(() => void refresh().catch(() => undefined))
    await refresh()
  }
  return {
    entries: () => entries,
    subscribe: (listener) => {
      listeners.add(listener)
      // Without a database there are no own models; shipped ones work all the same.
      if (!isOpened) void start().catch(() => undefined)
      isOpened = true
      return () => listeners.delete(listener)
    },
  }
}

/** Of another version of the studio there may be roles and styles that this one does not know. */
function entryOf({ id, name, role, style }: OwnModelRow): ModelEntry[] {
  const [known, knownStyle] = [MODEL_ROLES.find((each) => each === role), PICTURE_STYLES.find((each) => each === style)]
  if (!known || (style !== null && !knownStyle)) return []
  return [{ id, name: { en: name }, role: known, own: true, ...(knownStyle && { style: knownStyle }) }]
}
