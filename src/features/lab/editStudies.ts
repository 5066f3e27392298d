/** What becomes of the edit in hand: each model on show is asked how its features move, as it is and with its norms held. One edit at a time; a newer one ends it. */

import type { StoreApi } from 'zustand/vanilla'
import { drawingBitmap } from '../../lab/drawingSet'
import type { FeatureChangeRequest } from '../../workers/protocol'
import { editInHand } from './edits'
import { type Edit, type EditStudy, type LabPort, type LabState, SIDES } from './roomTypes'

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
}

export function createEditStudies({ port, store, report }: Parts): EditStudies {
  const { getState: get, setState: set } = store
  let running = new AbortController()

  function change(id: string, { before, after }: Edit, more: Pick<FeatureChangeRequest, 'hold' | 'channels'>, signal: AbortSignal) {
    return port.models.featureChange({ shipped: id }, ({ sizePx }) =>
      signal.aborted ? null : { before: drawingBitmap(before, sizePx), after: drawingBitmap(after, sizePx), ...more },
    )
  }

  /** @returns `null` when it was ended */
  async function study(id: string, edit: Edit, layer: number, signal: AbortSignal): Promise<EditStudy | null> {
    const channels = { layer, most: MOST_CHANNELS }
    const plain = await change(id, edit, { channels }, signal)
    const held = plain && (await change(id, edit, { channels, hold: true }, signal))
    return held && !signal.aborted ? { edit, layer, plain, held } : null
  }

  async function refresh(): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    const state = get()
    const edit = editInHand(state)
    if (!edit || state.view === 'plane') return
    try {
      for (const id of modelsOf(state)) {
        if (isOf(get().studies[id], edit, state.layer)) continue
        const made = await study(id, edit, state.layer, signal)
        if (!made) return
        set({ studies: { ...get().studies, [id]: made } })
      }
    } catch (error) {
      if (!signal.aborted) report(error)
    }
  }

  return { refresh }
}

function modelsOf({ sides }: LabState): string[] {
  return [...new Set(SIDES.flatMap((side) => sides[side] ?? []))]
}

function isOf(study: EditStudy | undefined, edit: Edit, layer: number): boolean {
  return study?.layer === layer && study.edit.before === edit.before && study.edit.after === edit.after
}
