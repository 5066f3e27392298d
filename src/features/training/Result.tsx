/** What a run has learnt, kept as a model of this machine. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { RunStateProps } from './props'
import { optionsOf } from './room'
import { useLive } from './runStates'

export function Result({ room, run, state }: RunStateProps) {
  const m = useMessages()
  const { name: runName } = optionsOf(run)
  const [name, setName] = useState(runName)
  const isWorking = useStore(room.store, (store) => store.isWorking)
  const kept = useStore(room.store, (store) => store.models.find(({ id }) => id === store.kept[run.runId]) ?? null)
  const saved = useLive(room, run.runId)?.savedStep ?? null
  const isThere = run.step > 0 || saved !== null
  return (
    <section className="training-result" aria-label={m.training.result}>
      <h4>{m.training.result}</h4>
      <p className="muted">
        {isThere ? m.training.resultHint : m.training.nothingYet} {isThere && state === 'running' ? m.training.resultLive : ''}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void room.saveModel(run.runId, name.trim() || runName)
        }}
      >
        <input
          className="text-field"
          aria-label={m.training.modelName}
          value={name}
          maxLength={80}
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button" disabled={!isThere || isWorking}>
          {isWorking ? m.training.working : m.training.save}
        </button>
        {kept ? (
          <button type="button" className="button primary" onClick={room.port.openPhotos}>
            <Icon name="photo" size={16} />
            <span>{m.training.useOnPhotos}</span>
          </button>
        ) : null}
      </form>
    </section>
  )
}
