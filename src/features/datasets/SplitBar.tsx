/** How much of the set is held out, and what is chosen of it. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { SliderField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { DataSetsRoom } from './room'
import { USUAL_SHARE } from './split'

export function SplitBar({ room }: { room: DataSetsRoom }) {
  const m = useMessages()
  const [share, setShare] = useState(USUAL_SHARE)
  return (
    <div className="data-set-bar">
      <div className="data-set-split" title={m.dataSets.splitHint}>
        <SliderField
          label={m.dataSets.split}
          value={share}
          min={0}
          max={0.5}
          step={0.05}
          format={(value) => m.percent(Math.round(100 * value))}
          onChange={setShare}
        />
        <button type="button" className="button small" onClick={() => void room.holdOutShare(share)}>
          {m.dataSets.splitNow}
        </button>
      </div>
      <Chosen room={room} />
    </div>
  )
}

function Chosen({ room }: { room: DataSetsRoom }) {
  const m = useMessages()
  const entries = useStore(room.store, (state) => state.entries)
  const checked = useStore(room.store, (state) => state.checked)
  const ids = entries.map(({ id }) => id)
  const isAll = checked.size === ids.length
  return (
    <div className="button-row">
      <button type="button" className="button small" onClick={() => room.check(ids, !isAll)}>
        {isAll ? m.dataSets.selectNone : m.dataSets.selectAll}
      </button>
      <button type="button" className="button small" disabled={checked.size === 0} onClick={() => void room.removeChecked()}>
        <Icon name="trash" size={14} />
        <span>{m.dataSets.removeItems(checked.size)}</span>
      </button>
    </div>
  )
}
