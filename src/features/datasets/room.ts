/** What the data sets' screen keeps while the page lives, and what can be done on it. React sees its store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Augmentation, STANDARD_AUGMENTATION } from '../../shared/augment'
import { toErrorReport } from '../../shared/errors'
import type { DataSets } from '../../storage/dataSets'
import type { DataSetRow } from '../../storage/trainingRows'
import { createIntake } from './intake'
import { createLoading } from './loading'
import { createMaking } from './making'
import type { DataSetsPort, DataSetsState, NewSet, SetView } from './roomTypes'
import type { Side } from './sorting'
import { chooseHeldOut } from './split'
import { createTasks } from './tasks'

export interface DataSetsRoom {
  readonly store: StoreApi<DataSetsState>
  readonly port: DataSetsPort
  /** The database, opened with the first question. */
  readonly sets: () => Promise<DataSets>
  readonly select: (id: string) => void
  readonly create: (set: NewSet) => Promise<void>
  readonly rename: (id: string, name: string) => Promise<void>
  readonly remove: (set: DataSetRow) => Promise<void>
  readonly show: (view: SetView) => void
  readonly open: (itemId: string | null) => void
  readonly check: (itemIds: readonly string[], isChecked: boolean) => void
  readonly removeChecked: () => Promise<void>
  readonly holdOut: (itemId: string, isHeldOut: boolean) => Promise<void>
  /** @param share 0–1 */
  readonly holdOutShare: (share: number) => Promise<void>
  readonly setDrawsB: (drawsB: boolean) => void
  readonly setLooseSide: (side: Side) => void
  readonly setAugmentation: (value: Augmentation) => void
  /** Pictures, zips, or the files of a folder, into the selected set, or into one that they make. */
  readonly takeFiles: (files: readonly File[]) => Promise<void>
  /** A set of synthetic people, made here. */
  readonly makeStarter: () => Promise<void>
  /** A set of the sketches in the database, each with its face. */
  readonly makeOfSketches: () => Promise<void>
  readonly cancel: () => void
  readonly exportSet: (set: DataSetRow) => Promise<void>
  /** Tells what went wrong. */
  readonly report: (error: unknown) => void
}

const START: DataSetsState = {
  ...{ sets: [], isLoaded: false, selected: null, entries: [], checked: new Set(), opened: null, view: 'items', work: null },
  ...{ looseSide: 'a', drawsB: false, usage: null, augmentation: STANDARD_AUGMENTATION },
}

export function createDataSetsRoom(port: DataSetsPort): DataSetsRoom {
  const { toasts, messages } = port
  const store = createStore<DataSetsState>(() => START)
  const report = (error: unknown): void => {
    const m = messages()
    const { code, message } = toErrorReport(error)
    toasts.show({ kind: 'problem', title: m.errors[code].title, detail: m.name === 'English' ? message : m.errors[code].advice })
  }
  let opening: Promise<DataSets> | null = null
  const sets = (): Promise<DataSets> => {
    opening ??= port.openSets().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }
  const loading = createLoading(store, sets, port)
  const reported = async (work: (sets: DataSets) => Promise<unknown>): Promise<void> => {
    try {
      await work(await sets())
      await loading.reload()
    } catch (error) {
      report(error)
    }
  }
  void reported(async (opened) => opened.onChange(() => void loading.follow().catch(report)))
  const select = (id: string): void => {
    store.setState({ selected: id, entries: [], checked: new Set(), opened: null })
    void loading.reload().catch(report)
  }
  const current = (): string | null => store.getState().selected

  const tasks = createTasks({ port, store, reload: loading.reload, report })
  const parts = { port, store, sets, select, tasks }
  return {
    ...{ store, port, sets, select, report, cancel: tasks.cancel },
    ...createIntake(parts),
    ...createMaking(parts),
    create: ({ name, kind }) => reported(async (opened) => select(await opened.create(name, kind))),
    rename: (id, name) => reported((opened) => opened.rename(id, name)),
    remove: (set) =>
      reported(async (opened) => {
        const m = messages().dataSets
        const isMeant = await port.confirm({ title: m.removeAsk(set.name), body: m.removeBody, keep: m.keep, remove: m.remove })
        if (isMeant) await opened.remove(set.id)
      }),
    show: (view) => store.setState({ view }),
    open: (opened) => store.setState({ opened }),
    check: (itemIds, isChecked) =>
      store.setState(({ checked }) => {
        const others = [...checked].filter((id) => !itemIds.includes(id))
        return { checked: new Set(isChecked ? [...others, ...itemIds] : others) }
      }),
    removeChecked: () =>
      reported(async (opened) => {
        const [id, { checked }] = [current(), store.getState()]
        if (!id || checked.size === 0) return
        await opened.removeItems(id, [...checked])
        toasts.show({ kind: 'note', title: messages().dataSets.removedItems(checked.size) })
      }),
    holdOut: (itemId, isHeldOut) =>
      reported(async (opened) => {
        const [id, { entries }] = [current(), store.getState()]
        const others = entries.filter((entry) => entry.heldOut && entry.id !== itemId).map((entry) => entry.id)
        if (id) await opened.holdOut(id, new Set(isHeldOut ? [...others, itemId] : others))
      }),
    holdOutShare: (share) =>
      reported(async (opened) => {
        const id = current()
        if (id) await opened.holdOut(id, chooseHeldOut(store.getState().entries, share, Math.random))
      }),
    setDrawsB: (drawsB) => store.setState({ drawsB }),
    setLooseSide: (looseSide) => store.setState({ looseSide }),
    setAugmentation: (augmentation) => store.setState({ augmentation }),
  }
}
