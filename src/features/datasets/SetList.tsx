/** The data sets by name, the space that is used, and the starter set. */

import { useStore } from 'zustand'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { writeBytes } from '../ui/writeBytes'
import { MadeHereButtons } from './MadeHereButtons'
import type { DataSetsRoom } from './room'

export function SetList({ room }: { room: DataSetsRoom }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const sets = useStore(room.store, (state) => state.sets)
  const selected = useStore(room.store, (state) => state.selected)
  const usage = useStore(room.store, (state) => state.usage)
  return (
    <div className="data-sets-side">
      <ul className="data-set-list" aria-label={m.dataSets.list}>
        {sets.map(({ id, name, kind }) => (
          <li key={id}>
            <button type="button" className="data-set-choice" aria-pressed={id === selected} onClick={() => room.select(id)}>
              <span className="data-set-choice-name">{name}</span>
              <span className="muted">{m.dataSets.kinds[kind]}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="data-sets-foot">
        <MadeHereButtons room={room} />
        {usage ? (
          <div className="usage muted">
            <meter min={0} max={1} value={Math.max(usage.usedBytes / Math.max(1, usage.quotaBytes), 0.004)} aria-hidden="true" />
            <span className="number">{m.dataSets.usage(writeBytes(usage.usedBytes, tag), writeBytes(usage.quotaBytes, tag))}</span>
          </div>
        ) : null}
      </div>
    </div>
  )
}
