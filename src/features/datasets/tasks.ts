/** What takes its time in the data sets' room: one thing at a time, which can be stopped. */

import type { StoreApi } from 'zustand/vanilla'
import type { DataSetsPort, DataSetsState } from './roomTypes'

interface Parts {
  readonly port: DataSetsPort
  readonly store: StoreApi<DataSetsState>
  readonly reload: () => Promise<void>
  readonly report: (error: unknown) => void
}

export interface Tasks {
  /** Tells what went wrong, or that it was stopped. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly isCancelled: () => boolean
  /** @throws where somebody has stopped it */
  readonly goOn: () => void
  readonly cancel: () => void
}

class Cancelled extends Error {}

export function createTasks({ port, store, reload, report }: Parts): Tasks {
  const { toasts, messages } = port
  let isCancelled = false
  return {
    alone: async (work) => {
      const m = messages().dataSets
      if (store.getState().work) {
        toasts.show({ kind: 'note', title: m.busy, detail: m.busyAdvice })
        return
      }
      isCancelled = false
      try {
        await work()
      } catch (error) {
        if (isCancelled) toasts.show({ kind: 'note', title: m.stopped })
        else report(error)
      } finally {
        store.setState({ work: null })
        await reload().catch(report)
      }
    },
    isCancelled: () => isCancelled,
    goOn: () => {
      if (isCancelled) throw new Cancelled()
    },
    cancel: () => {
      isCancelled = true
      // The worker is in the middle of something; nothing half done reaches the database.
      port.reader.dispose()
    },
  }
}
