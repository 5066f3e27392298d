/** Reads the list of sets and the selected one again: at once when asked, and now and then while something goes on changing them. */

import type { StoreApi } from 'zustand/vanilla'
import type { DataSets } from '../../storage/dataSets'
import type { DataSetEntryRow } from '../../storage/trainingRows'
import type { DataSetsPort, DataSetsState } from './roomTypes'

/** Between two readings that follow changes: an import writes an item after another. */
const REST_MS = 800
/** By name, numbers as numbers. */
const NAMES = new Intl.Collator('en', { numeric: true })

export function createLoading(store: StoreApi<DataSetsState>, sets: () => Promise<DataSets>, port: Pick<DataSetsPort, 'usage'>) {
  let running: Promise<void> | null = null
  let isStale = false
  const read = async (): Promise<void> => {
    const opened = await sets()
    const list = await opened.list()
    const { selected } = store.getState()
    const chosen = list.find(({ id }) => id === selected) ?? list[0] ?? null
    const [found, usage] = await Promise.all([chosen ? opened.entries(chosen.id) : [], port.usage()])
    const isThere = new Set(found.map(({ id }) => id))
    store.setState((state) => ({
      ...{ sets: list, isLoaded: true, usage, entries: unchanged(state.entries, found) },
      // Somebody may have chosen another one while this was read.
      selected: state.selected === selected ? (chosen?.id ?? null) : state.selected,
      checked: new Set([...state.checked].filter((id) => isThere.has(id))),
      opened: state.opened !== null && isThere.has(state.opened) ? state.opened : null,
    }))
  }
  /** One reading at a time, and one more for whatever came meanwhile. */
  const reload = (): Promise<void> => {
    isStale = true
    running ??= (async () => {
      while (isStale) {
        isStale = false
        await read()
      }
    })().finally(() => {
      running = null
    })
    return running
  }
  let [isFollowing, isMissed] = [false, false]
  const follow = async (): Promise<void> => {
    isMissed = true
    if (isFollowing) return
    isFollowing = true
    try {
      while (isMissed) {
        isMissed = false
        await reload()
        await new Promise((done) => setTimeout(done, REST_MS))
      }
    } finally {
      isFollowing = false
    }
  }
  return { reload, follow }
}

/** In the order of their names; what has not changed stays the same object, so that nothing of it is drawn again. */
export function unchanged(before: readonly DataSetEntryRow[], now: readonly DataSetEntryRow[]): readonly DataSetEntryRow[] {
  const known = new Map(before.map((entry) => [entry.id, entry]))
  return now
    .map((entry) => {
      const old = known.get(entry.id)
      const isSame =
        old && old.dataSetId === entry.dataSetId && old.name === entry.name && old.heldOut === entry.heldOut && old.bytes === entry.bytes
      return isSame ? old : entry
    })
    .sort((one, other) => NAMES.compare(one.name, other.name))
}
