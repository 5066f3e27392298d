/** Sentences for screen readers about what happens on the surface: a store of one, spoken by a live region. */

import { createStore } from 'zustand/vanilla'

export type Announcements = ReturnType<typeof createAnnouncements>

export function createAnnouncements() {
  const store = createStore<{ text: string }>(() => ({ text: '' }))
  return {
    store,
    say(text: string): void {
      // The same sentence twice is spoken twice only if the text differs.
      store.setState((state) => ({ text: state.text === text ? `${text}\u00a0` : text }))
    },
  }
}
