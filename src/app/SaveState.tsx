/** Whether the drawing is safe, in a word; more on request. */

import { Popover } from 'radix-ui'
import { useStore } from 'zustand'
import { useMessages } from '../features/ui/i18n/I18n'
import { useApp } from './appContext'

export function SaveState({ compact }: { compact: boolean }) {
  const m = useMessages()
  const { keeper, storage, exports } = useApp()
  const { saving, error, persistence } = useStore(keeper.store)
  const inMemory = storage.kind === 'memory'
  const state = inMemory ? 'failed' : saving
  const text = inMemory ? m.saving.unavailable : m.saving[saving]
  const problem = error ?? storage.warning
  return (
    <Popover.Root>
      <Popover.Trigger className="save-state" data-state={state}>
        <span className="status-dot" />
        <span
          className={compact ? 'visually-hidden' : undefined}
          aria-live={state === 'failed' || state === 'deleted' ? 'assertive' : 'off'}
        >
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
            {saving === 'deleted' ? <p className="muted">{m.saving.deletedAdvice}</p> : null}
            {persistence ? <p className="muted">{persistence === 'granted' ? m.saving.persisted : m.saving.notPersisted}</p> : null}
            <div className="button-row">
              {saving === 'deleted' ? (
                <button type="button" className="button" onClick={() => void keeper.bringBack()}>
                  {m.sketches.bringBack}
                </button>
              ) : null}
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
