/** The live region of the surface. */

import { useStore } from 'zustand'
import type { Announcements } from './announcements'

export function Announcer({ source }: { source: Announcements }) {
  const text = useStore(source.store, (state) => state.text)
  return (
    <p className="visually-hidden" aria-live="polite" data-announcer="">
      {text}
    </p>
  )
}
