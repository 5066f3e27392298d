/** Shows the toasts and reads them out. */

import { useStore } from 'zustand'
import { Icon } from './Icon'
import { IconButton } from './IconButton'
import { useMessages } from './i18n/I18n'
import type { ToastStore } from './toasts'

export function ToastList({ toasts }: { toasts: ToastStore }) {
  const m = useMessages()
  const list = useStore(toasts.store, (state) => state.toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className="toast" data-kind={toast.kind}>
          {toast.kind === 'problem' ? <Icon name="warning" /> : null}
          <div className="toast-text">
            <p>{toast.title}</p>
            {toast.detail ? <p className="muted">{toast.detail}</p> : null}
          </div>
          {toast.action ? (
            <button
              type="button"
              className="button small"
              onClick={() => {
                toast.action?.perform()
                toasts.dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </button>
          ) : null}
          <IconButton icon="close" label={m.failure.dismiss} onClick={() => toasts.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  )
}
