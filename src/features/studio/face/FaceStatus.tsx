/** One line in plain words: what computes, how fast, and the model or how fine the face is; or what is being waited for. The figures are in the details. */

import { useStore } from 'zustand'
import { useLocalized, useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'
import { machineOf, paceOf } from './plainWords'
import { useRefinement } from './useRefinement'

export function FaceStatus() {
  const m = useMessages()
  const localized = useLocalized()
  const { faceLoop } = useStudio()
  const inference = useInference()
  const elapsedMs = useStore(faceLoop.store, (state) => state.shown?.elapsedMs ?? null)
  const busy = useStore(faceLoop.store, (state) => state.busy)
  const refinement = useRefinement()
  switch (inference.status) {
    case 'starting': {
      const stage = inference.stage ? m.face.stage[inference.stage] : m.face.starting
      return (
        <span className="face-status" data-state="busy">
          <span className="status-dot" />
          {stage}
          {inference.backend && inference.stage === 'self-test' ? ` · ${m.plain.machines[machineOf(inference.backend)]}` : '…'}
        </span>
      )
    }
    case 'failed':
      return (
        <span className="face-status" data-state="failed">
          <span className="status-dot" />
          {m.errors[inference.error.code].title}
        </span>
      )
    case 'ready':
      return (
        <span className="face-status" data-state={busy ? 'busy' : 'ready'}>
          <span className="status-dot" />
          <span className="face-status-backend">{m.plain.machines[machineOf(inference.description.backend)]}</span>
          {elapsedMs === null ? null : <span className="face-status-pace">{m.plain.paces[paceOf(elapsedMs)]}</span>}
          {refinement ? <Quality /> : <span className="face-status-model">{localized(inference.description.model.name)}</span>}
        </span>
      )
  }
}

/** Of the face on display; "refining" while a finer one is on its way. */
function Quality() {
  const m = useMessages()
  const { faceLoop } = useStudio()
  const isFine = useStore(faceLoop.store, (state) => state.shown?.quality === 'fine')
  const refining = useStore(faceLoop.store, (state) => state.refining)
  const quality = isFine ? 'fine' : refining ? 'refining' : 'live'
  return (
    <span className="face-status-quality" data-quality={quality}>
      {m.fine[quality]}
    </span>
  )
}
