/** One line: back end, milliseconds and model, or what is being waited for. */

import { useStore } from 'zustand'
import { useLocale, useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'

export function FaceStatus() {
  const m = useMessages()
  const locale = useLocale()
  const { faceLoop } = useStudio()
  const inference = useInference()
  const elapsedMs = useStore(faceLoop.store, (state) => state.shown?.elapsedMs ?? null)
  const busy = useStore(faceLoop.store, (state) => state.busy)
  switch (inference.status) {
    case 'starting': {
      const stage = inference.stage ? m.face.stage[inference.stage] : m.face.starting
      return (
        <span className="face-status" data-state="busy">
          <span className="status-dot" />
          {stage}
          {inference.backend && inference.stage === 'self-test' ? ` · ${m.face.backendNames[inference.backend]}` : '…'}
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
          <span>{m.face.backendNames[inference.description.backend]}</span>
          {elapsedMs === null ? null : <span className="number">{m.face.milliseconds(Math.round(elapsedMs))}</span>}
          <span className="face-status-model">{inference.description.model.name[locale]}</span>
        </span>
      )
  }
}
