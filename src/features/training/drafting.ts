/** The next run: what it will be told, how long that takes on this machine, and its start. */

import type { StoreApi } from 'zustand/vanilla'
import type { DataSetRow } from '../../storage/trainingRows'
import { type ModelEntry, type ModelRef, refOf } from '../../workers/protocol'
import type { TrainingMethodDescription, TrainingMethodId, TrainingOptions, TrainingOutcome } from '../../workers/trainingProtocol'
import { type Beginning, FROM_NOTHING, freeName, methodsFor, newDraft, parentsFor, withParent } from './draft'
import type { TrainingPort, TrainingRoomState } from './roomTypes'
import { factsOf } from './setFacts'

export interface Drafting {
  readonly change: (draft: TrainingOptions) => void
  readonly chooseSet: (id: string) => Promise<void>
  readonly chooseMethod: (id: TrainingMethodId) => Promise<void>
  readonly chooseParent: (parent: ModelRef | null) => Promise<void>
  readonly measure: () => Promise<void>
  readonly begin: () => Promise<void>
}

interface DraftingParts {
  readonly port: TrainingPort
  readonly store: StoreApi<TrainingRoomState>
  readonly report: (error: unknown) => void
  readonly started: (runId: string, rest: Promise<TrainingOutcome>) => Promise<void>
}

/** Enough for a preview. */
const MOST_EXAMPLES = 12

/** Seeds that the engine takes. */
const SEEDS = 2 ** 31 - 1

export function createDrafting({ port, store, report, started }: DraftingParts): Drafting & { readonly reload: () => Promise<void> } {
  const methodOf = (id: TrainingMethodId): TrainingMethodDescription | undefined => store.getState().methods.find((each) => each.id === id)

  const beginningOf = async (parent: ModelRef | null): Promise<Beginning> =>
    parent ? { parent, sizePx: await port.sizeOf(parent) } : FROM_NOTHING

  /** With the first model that the method can begin as. */
  const drafted = async (set: DataSetRow, method: TrainingMethodDescription): Promise<TrainingOptions> => {
    const [entry] = parentsFor(method, port.models.list()) as readonly (ModelEntry | undefined)[]
    const m = port.messages()
    const taken = store.getState().runs.map((run) => (run.options as TrainingOptions).name)
    const name = freeName(`${m.training.methods[method.id].name} · ${set.name}`.slice(0, 70), taken)
    return newDraft(method, set, await beginningOf(entry ? refOf(entry) : null), name, Math.floor(Math.random() * SEEDS))
  }

  const chooseSet = async (id: string): Promise<void> => {
    const { sets, methods, draft: before } = store.getState()
    const set = sets.find((each) => each.id === id)
    const fitting = set ? methodsFor(methods, set.kind) : []
    const method = fitting.find((each) => each.id === before?.method) ?? fitting[0]
    if (!set || !method) return
    const [draft, entries] = await Promise.all([drafted(set, method), port.sets.entries(id)])
    store.setState({ draft, facts: factsOf(entries), examples: entries.filter(({ heldOut }) => !heldOut).slice(0, MOST_EXAMPLES) })
  }

  const reload = async (): Promise<void> => {
    const [sets, description] = await Promise.all([
      port.sets.list(),
      store.getState().methods.length > 0 ? null : port.client.describe(),
      port.models.whenKnown(),
    ])
    store.setState({ sets, ...(description && { methods: description.methods }) })
    const { draft } = store.getState()
    if (draft && sets.some(({ id }) => id === draft.dataSetId)) {
      // What was changed of it meanwhile.
      const entries = await port.sets.entries(draft.dataSetId)
      store.setState({ facts: factsOf(entries), examples: entries.filter(({ heldOut }) => !heldOut).slice(0, MOST_EXAMPLES) })
      return
    }
    store.setState({ draft: null, facts: null, examples: [] })
    if (sets[0]) await chooseSet(sets[0].id)
  }

  return {
    reload,
    change: (draft) => store.setState({ draft }),
    chooseSet: (id) => chooseSet(id).catch(report),
    chooseMethod: async (id) => {
      const { sets, draft } = store.getState()
      const [set, method] = [sets.find((each) => each.id === draft?.dataSetId), methodOf(id)]
      try {
        if (set && method) store.setState({ draft: await drafted(set, method) })
      } catch (error) {
        report(error)
      }
    },
    chooseParent: async (parent) => {
      try {
        const beginning = await beginningOf(parent)
        const { draft } = store.getState()
        const method = draft && methodOf(draft.method)
        if (draft && method) store.setState({ draft: withParent(draft, method, beginning) })
      } catch (error) {
        report(error)
      }
    },
    measure: async () => {
      const { draft, isMeasuring } = store.getState()
      if (!draft || isMeasuring) return
      store.setState({ isMeasuring: true })
      try {
        store.setState({ measured: { of: draft, estimate: await port.client.estimate(draft) } })
      } catch (error) {
        report(error)
      } finally {
        store.setState({ isMeasuring: false })
      }
    },
    begin: async () => {
      const { draft } = store.getState()
      if (!draft) return
      try {
        const { runId, rest } = await port.client.start({ ...draft, name: draft.name.trim() || port.messages().training.untitled })
        await started(runId, rest)
        // The next one is another draw.
        const name = freeName(draft.name, [...store.getState().runs.map((run) => (run.options as TrainingOptions).name), draft.name])
        store.setState({ draft: { ...draft, name, seed: Math.floor(Math.random() * SEEDS) }, measured: null })
      } catch (error) {
        report(error)
      }
    },
  }
}
