/** Whether the drawing is safe, in a word; more on request. */

import { Popover } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../features/ui/i18n/I18n'
import { useApp } from './appContext'
import type { KeeperState } from './sketchKeeper'

/** Writing takes a moment after every stroke: only one that takes longer is worth a word. */
const WORTH_A_WORD_MS = 700

function useCalmState(state: KeeperState['saving']): KeeperState['saving'] {
  const [shown, setShown] = useState(state)
  useEffect(() => {
    if (state !== 'saving') {
      setShown(state)
      return
    }
    const timer = setTimeout(() => setShown(state), WORTH_A_WORD_MS)
    return () => clearTimeout(timer)
  }, [state])
  return shown
}

export function SaveState({ compact }: { compact: boolean }) {
  const m = useMessages()
  const { keeper, storage, exports } = useApp()
  const { saving: savingNow, error, persistence } = useStore(keeper.store)
  const saving = useCalmState(savingNow)
  const inMemory = storage.kind === 'memory'
  const state = inMemory ? 'failed' : saving
  const text = inMemory ? m.saving.unavailable : { saved: m.saving.saved, saving: m.saving.saving, failed: m.saving.failed }[saving]
  const problem = error ?? storage.warning
  return (
    <Popover.Root>
      <Popover.Trigger className="save-state" data-state={state}>
        <span className="status-dot" />
        <span className={compact ? 'visually-hidden' : undefined} aria-live={state === 'failed' ? 'assertive' : 'off'}>
          {text}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" aria-label={text} align="start" sideOffset={6} collisionPadding={8}>
          <div className="details">
            <h3>{text}</h3>
            {problem ? (
              <>
                <p>{m.errors[problem.code].title}</p>
                <p className="muted">{m.errors[problem.code].advice}</p>
              </>
            ) : null}
            {persistence ? <p className="muted">{persistence === 'granted' ? m.saving.persisted : m.saving.notPersisted}</p> : null}
            <div className="button-row">
              {saving === 'failed' ? (
                <button type="button" className="button" onClick={() => void keeper.flush()}>
                  {m.saving.retry}
                </button>
              ) : null}
              <button type="button" className="button" onClick={() => void exports.exportAs('database')}>
                {m.saving.exportNow}
              </button>
            </div>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
