/** How long the next run will take on this machine, measured, and its start. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { TrainingOptions } from '../../workers/trainingProtocol'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { TrainingRoom } from './room'
import type { Measured } from './roomTypes'
import { useIsTraining } from './runStates'
import { useWords } from './words'

export function StartBar({ room, draft }: { room: TrainingRoom; draft: TrainingOptions }) {
  const m = useMessages()
  const [isStarting, setStarting] = useState(false)
  const isMeasuring = useStore(room.store, (state) => state.isMeasuring)
  const measured = useStore(room.store, (state) => state.measured)
  const isTraining = useIsTraining(room)
  const start = async (): Promise<void> => {
    setStarting(true)
    await room.begin()
    setStarting(false)
  }
  return (
    <div className="training-start">
      <div className="button-row">
        <button type="button" className="button primary" disabled={isTraining || isMeasuring || isStarting} onClick={() => void start()}>
          {isStarting ? m.training.starting : m.training.start}
        </button>
        <button type="button" className="button" disabled={isTraining || isMeasuring} onClick={() => void room.measure()}>
          {m.training.measure}
        </button>
      </div>
      <div role="status">
        {isTraining ? <p className="muted">{m.training.busy}</p> : null}
        {isMeasuring ? (
          <p className="muted">
            <span className="status-dot training-busy" aria-hidden="true" />
            {m.training.measuring}
          </p>
        ) : null}
        {measured && !isMeasuring ? <MeasuredText measured={measured} isStale={!isSame(measured.of, draft)} /> : null}
      </div>
    </div>
  )
}

/** A name costs no time. */
const isSame = (a: TrainingOptions, b: TrainingOptions): boolean =>
  JSON.stringify({ ...a, name: '', seed: 0 }) === JSON.stringify({ ...b, name: '', seed: 0 })

function MeasuredText({ measured: { of, estimate }, isStale }: { measured: Measured; isStale: boolean }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { duration, bytes } = useWords()
  const seconds = (estimate.stepMs / 1000).toLocaleString(tag, { maximumSignificantDigits: 2 })
  return (
    <div data-stale={isStale}>
      <p className="training-estimate">
        <Icon name="check" size={16} />
        <span>{m.training.measured(duration(estimate.totalMs), seconds)}</span>
      </p>
      {estimate.steps < of.steps ? <p>{m.training.measuredFewer(estimate.steps)}</p> : null}
      <p className="muted">
        {m.training.measuredMore(m.face.backendNames[estimate.backend], bytes(estimate.peakBytes))}{' '}
        {isStale ? m.training.measuredStale : ''}
      </p>
    </div>
  )
}
