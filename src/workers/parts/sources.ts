/** Where a worker's models lie: those that came with the studio on its server, those that were made here in IndexedDB. */

import { fetchFrom } from '../../inference/fetchFile'
import type { ModelSources, ReadFile } from '../../inference/loadModel'
import { type OwnModels, openOwnModels } from '../../storage/ownModels'

/** Opened with its first use, and as long as the worker lives; a failure is tried again. */
export function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
}

export const ownModels = once(() => openOwnModels())

/** Files by `ID/FILE`, as a folder of models would have them. */
export function readOwn(models: () => Promise<Pick<OwnModels, 'file'>>): ReadFile {
  return async (path) => {
    const [id = '', file = ''] = path.split('/')
    return (await (await models()).file(id, file)).slice().buffer
  }
}

/** @param modelsUrl absolute URL of the folder of the shipped ones, ending in a slash */
export function sourcesOf(modelsUrl: string): ModelSources {
  return { shipped: fetchFrom(modelsUrl), checkpoints: readOwn(ownModels) }
}
