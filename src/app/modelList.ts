/** Shipped models and those of this machine in one list. */

import type { InferenceClient } from '../workers/client'
import type { ModelEntry } from '../workers/protocol'
import { createOwnModelList } from './ownModelList'

export interface ModelList {
  /** The same list until one of them changes; shipped ones are missing until the generator has told. */
  readonly list: () => readonly ModelEntry[]
  readonly subscribe: (listener: () => void) => () => void
  /** Resolves when shipped models are known, or never will be. */
  readonly whenKnown: () => Promise<void>
}

const NO_MODELS: readonly ModelEntry[] = []

export function createModelList(inference: Pick<InferenceClient, 'store'>): ModelList {
  const own = createOwnModelList()
  let [shipped, mine, all] = [NO_MODELS, NO_MODELS, NO_MODELS]
  return {
    list: () => {
      const [nowShipped, nowMine] = [inference.store.getState().description?.models ?? NO_MODELS, own.entries()]
      if (nowShipped !== shipped || nowMine !== mine) all = [...nowShipped, ...nowMine]
      shipped = nowShipped
      mine = nowMine
      return all
    },
    subscribe: (listener) => {
      const stops = [inference.store.subscribe(listener), own.subscribe(listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    whenKnown: () =>
      new Promise((resolve) => {
        let stop = (): void => undefined
        const look = (): void => {
          const { description, status } = inference.store.getState()
          if (!description && status !== 'failed') return
          stop()
          resolve()
        }
        stop = inference.store.subscribe(look)
        look()
      }),
  }
}
