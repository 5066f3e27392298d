/** Results: runs that become models of this machine, and what is done with those. */

import type { StoreApi } from 'zustand/vanilla'
import type { OwnModelRow } from '../../storage/trainingRows'
import type { TrainingPort, TrainingRoomState } from './roomTypes'

export interface Keeping {
  readonly saveModel: (runId: string, name: string) => Promise<void>
  readonly renameModel: (id: string, name: string) => void
  readonly removeModel: (model: OwnModelRow) => Promise<void>
  readonly exportModel: (model: OwnModelRow) => Promise<void>
  readonly importModels: (files: readonly File[]) => Promise<void>
}

interface KeepingParts {
  readonly port: TrainingPort
  readonly store: StoreApi<TrainingRoomState>
  readonly report: (error: unknown) => void
}

export function createKeeping({ port, store, report }: KeepingParts): Keeping & { readonly reload: () => Promise<void> } {
  const reload = async (): Promise<void> => store.setState({ models: await port.ownModels.list() })
  /** One after another, with what went wrong told. */
  const work = async (doIt: () => Promise<void>): Promise<void> => {
    store.setState({ isWorking: true })
    try {
      await doIt()
    } catch (error) {
      report(error)
    } finally {
      store.setState({ isWorking: false })
    }
  }
  return {
    reload,
    saveModel: (runId, name) =>
      work(async () => {
        const id = await port.client.saveModel(runId, name)
        await reload()
        store.setState(({ kept }) => ({ kept: { ...kept, [runId]: id } }))
        const m = port.messages().training
        port.toasts.show({ kind: 'note', title: m.saved(name), action: { label: m.useOnPhotos, perform: port.openPhotos } })
      }),
    renameModel: (id, name) => void port.ownModels.rename(id, name).then(reload).catch(report),
    removeModel: async (model) => {
      const m = port.messages().training
      if (!(await port.confirm({ title: m.removeModel(model.name), body: m.removeModelBody, yes: m.remove }))) return
      await work(async () => {
        await port.ownModels.remove(model.id)
        await reload()
        store.setState(({ kept }) => ({ kept: Object.fromEntries(Object.entries(kept).filter(([, id]) => id !== model.id)) }))
      })
    },
    exportModel: (model) =>
      work(async () => {
        const fileName = port.download(await port.client.exportModel(model.id), model.name)
        port.toasts.show({ kind: 'note', title: port.messages().file.exported(fileName) })
      }),
    importModels: (files) =>
      work(async () => {
        const m = port.messages().training
        for (const file of files) {
          await port.client.importModel(file)
          await reload()
          port.toasts.show({ kind: 'note', title: m.imported(store.getState().models[0]?.name ?? file.name) })
        }
        store.setState({ view: { kind: 'models' } })
      }),
  }
}
