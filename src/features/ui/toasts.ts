/** Short messages at the edge of the screen, each with at most one action. A plain store, so that code outside React can tell people things. */

import { createStore } from 'zustand/vanilla'

export interface Toast {
  readonly id: number
  readonly kind: 'note' | 'problem'
  readonly title: string
  readonly detail?: string | undefined
  readonly action?: { readonly label: string; readonly perform: () => void } | undefined
}

const NOTE_MS = 6_000
const PROBLEM_MS = 20_000

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
      store.setState((state) => ({ toasts: [...state.toasts.slice(-2), { ...toast, id }] }))
      setTimeout(() => dismiss(id), toast.kind === 'problem' ? PROBLEM_MS : NOTE_MS)
      return id
    },
  }
}
