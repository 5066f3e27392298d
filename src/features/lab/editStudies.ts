/**
 * What becomes of the edit in hand: each model on show is asked how its features move, as it is and with its norms held; then those of the ablation make its face. One edit
 * at a time: a newer one ends it.
 */

import type { StoreApi } from 'zustand/vanilla'
import { drawingBitmap } from '../../lab/drawingSet'
import type { Edit } from '../../lab/edit'
import { type FeatureChangeRequest, refOf } from '../../workers/protocol'
import { contestantsOf, faceMaker } from './editFaces'
import { editInHand } from './edits'
import { type EditStudy, type LabPort, type LabState, M1, OURS, SIDES } from './roomTypes'

/** Channels of a layer that are shown. */
const MOST_CHANNELS = 6

interface Parts {
  readonly port: LabPort
  readonly store: StoreApi<LabState>
  readonly report: (error: unknown) => void
}

export interface EditStudies {
  /** Asks what is missing for what is on show; what was asked before for another edit is of no use any more. */
  readonly refresh: () => Promise<void>
  readonly cancel: () => void
}

export function createEditStudies({ port, store, report }: Parts): EditStudies {
  const { getState: get, setState: set } = store
  const makeFace = faceMaker(port)
  let running = new AbortController()

  function change(id: string, { before, after }: Edit, more: Pick<FeatureChangeRequest, 'hold' | 'channels'>, signal: AbortSignal) {
    return port.models.featureChange(refIn(port, id), ({ sizePx }) =>
      signal.aborted ? null : { before: drawingBitmap(before, sizePx), after: drawingBitmap(after, sizePx), ...more },
    )
  }

  /** @returns `null` when it was ended */
  async function study(id: string, edit: Edit, layer: number, signal: AbortSignal): Promise<EditStudy | null> {
    const channels = { layer, most: MOST_CHANNELS }
    const plain = await change(id, edit, { channels }, signal)
    const held = plain && (await change(id, edit, { channels, hold: true }, signal))
    return held && { edit, layer, plain, held }
  }

  /** @returns whether it was not ended */
  async function work(edit: Edit, { studies, contestants }: Missing, signal: AbortSignal): Promise<boolean> {
    const total = studies.length + contestants.length
    let done = 0
    const tell = (): void => set({ editRun: { done, total } })
    tell()
    const { layer } = get()
    for (const id of studies) {
      const made = await study(id, edit, layer, signal)
      if (!made || signal.aborted) return false
      done++
      set({ studies: { ...get().studies, [id]: made } })
      tell()
    }
    for (const contestant of contestants) {
      const made = await makeFace(contestant, edit, signal)
      if (!made || signal.aborted) return false
      done++
      set({ faces: { ...get().faces, [contestant.key]: made } })
      tell()
    }
    return true
  }

  async function refresh(): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    const edit = editInHand(get())
    const missing = missingOf(get(), port)
    if (!edit || get().view === 'plane' || !isEditIncomplete(get(), port)) {
      set({ editRun: null })
      return
    }
    try {
      if (await work(edit, missing, signal)) set({ editRun: null })
    } catch (error) {
      if (signal.aborted) return
      set({ editRun: null })
      report(error)
    }
  }

  return {
    refresh,
    cancel: () => {
      running.abort()
      set({ editRun: null })
    },
  }
}

interface Missing {
  /** Ids of models. */
  readonly studies: readonly string[]
  readonly contestants: ReturnType<typeof contestantsOf>
}

/** What is on show and not yet of the edit in hand. */
function missingOf(state: LabState, port: Pick<LabPort, 'models'>): Missing {
  const edit = editInHand(state)
  if (!edit) return { studies: [], contestants: [] }
  const { sides, studies, faces, layer, view } = state
  const shown = view === 'why' ? lessonModels(port) : SIDES.flatMap((side) => sides[side] ?? [])
  return {
    studies: [...new Set(shown)].filter((id) => studies[id]?.layer !== layer || !isSame(studies[id]?.edit, edit)),
    contestants: contestantsOf(port.models.list()).filter(({ key }) => !isSame(faces[key]?.edit, edit)),
  }
}

/** Those of the lesson's two that are installed. */
export function lessonModels({ models }: Pick<LabPort, 'models'>): string[] {
  return [M1, OURS].filter((id) => models.list().some((model) => model.id === id))
}

/** Whether something of the edit in hand is still to be computed. */
export function isEditIncomplete(state: LabState, port: Pick<LabPort, 'models'>): boolean {
  const { studies, contestants } = missingOf(state, port)
  return studies.length + contestants.length > 0
}

const isSame = (one: Edit | undefined, other: Edit): boolean => one?.before === other.before && one.after === other.after

/** Where a listed model lies. */
export function refIn({ models }: Pick<LabPort, 'models'>, id: string) {
  return refOf(models.list().find((model) => model.id === id) ?? { id })
}
