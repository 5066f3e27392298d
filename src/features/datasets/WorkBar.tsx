/** What is under way, how far it is, and a way to stop it. */

import { useStore } from 'zustand'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import type { DataSetsRoom } from './room'
import type { Work } from './roomTypes'

export function WorkBar({ room }: { room: DataSetsRoom }) {
  const m = useMessages()
  const work = useStore(room.store, (state) => state.work)
  if (!work) return <p role="status" className="visually-hidden" />
  const { place, total } = work
  return (
    <div className="room-work data-sets-work">
      <p role="status">
        <span className="status-dot" aria-hidden="true" />
        {sentence(work, m)}
        {total > 1 && work.what !== 'making' ? <span className="muted"> {m.dataSets.progress(place, total)}</span> : null}
      </p>
      <progress max={Math.max(1, total)} {...(total > 0 ? { value: place - 0.5 } : {})} aria-label={sentence(work, m)} />
      <button type="button" className="button small" onClick={room.cancel}>
        {m.dataSets.stop}
      </button>
    </div>
  )
}

function sentence({ what, name, place, total }: Work, { dataSets: m }: Messages): string {
  switch (what) {
    case 'reading':
      return m.reading(name)
    case 'loading-finder':
      return m.loadingFinder
    case 'finding':
      return m.finding(name)
    case 'unpacking':
      return m.unpacking(name)
    case 'packing':
      return m.packing
    case 'making':
      return m.making(name, place, total)
  }
}
