/** Short messages at the edge of the screen, each with at most one action. A plain store, so that code outside React can tell people things. */

import { createStore } from 'zustand/vanilla'

export interface Toast {
  readonly id: number
  /** An offer stays until it is answered. */
  readonly kind: 'note' | 'problem' | 'offer'
  readonly title: string
  readonly detail?: string | undefined
  readonly action?: { readonly label: string; readonly perform: () => void } | undefined
  /** Until it is put away. */
  readonly stays?: true
}

const SHOWN_MS: Record<Toast['kind'], number | null> = { note: 6_000, problem: 20_000, offer: null }

const shownFor = ({ kind, stays }: Pick<Toast, 'kind' | 'stays'>): number | null => (stays ? null : SHOWN_MS[kind])
/** It goes when it is put away, and not before. */
const keeps = (toast: Toast): boolean => shownFor(toast) === null

export interface ToastStore {
  readonly store: ReturnType<typeof createToastState>
  show(toast: Omit<Toast, 'id'>): number
  dismiss(id: number): void
}

function createToastState() {
  return createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))
}

export function createToasts(): ToastStore {
  const store = createToastState()
  let lastId = 0
  const dismiss = (id: number): void => store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }))
  return {
    store,
    dismiss,
    show(toast) {
      const id = ++lastId
      store.setState(({ toasts }) => ({
        toasts: [...toasts.filter(keeps), ...toasts.filter((each) => !keeps(each)).slice(-2), { ...toast, id }],
      }))
      const shownMs = shownFor(toast)
      if (shownMs !== null) setTimeout(() => dismiss(id), shownMs)
      return id
    },
  }
}
