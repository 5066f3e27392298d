/** The pictures of a set: small, with their names, to be chosen, held out and opened. */

import { memo } from 'react'
import { useStore } from 'zustand'
import type { EncodedPicture } from '../../storage/photoTypes'
import type { DataSetEntryRow, DataSetRow } from '../../storage/trainingRows'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { DataSetsRoom } from './room'

interface GridProps {
  readonly room: DataSetsRoom
  readonly set: DataSetRow
}

export function ItemGrid({ room, set }: GridProps) {
  const m = useMessages()
  const entries = useStore(room.store, (state) => state.entries)
  return (
    <ul className="data-item-grid" aria-label={m.dataSets.items} data-kind={set.kind}>
      {entries.map((entry) => (
        <Item key={entry.id} room={room} entry={entry} />
      ))}
    </ul>
  )
}

const Item = memo(function Item({ room, entry }: { room: DataSetsRoom; entry: DataSetEntryRow }) {
  const m = useMessages()
  const isChecked = useStore(room.store, (state) => state.checked.has(entry.id))
  const { id, name, heldOut, a, b, hasFace } = entry
  return (
    <li className="data-item" data-held-out={heldOut ? '' : undefined}>
      <button type="button" className="data-item-pictures" aria-label={m.dataSets.open(name)} onClick={() => room.open(id)}>
        {a ? <Thumbnail picture={a} /> : null}
        {b ? <Thumbnail picture={b} /> : null}
        {hasFace ? null : (
          <span className="data-item-mark" title={m.dataSets.wholeHint}>
            {m.dataSets.wholeMark}
          </span>
        )}
      </button>
      <label className="data-item-check">
        <input
          type="checkbox"
          aria-label={m.dataSets.select(name)}
          checked={isChecked}
          onChange={(event) => room.check([id], event.target.checked)}
        />
        <span aria-hidden="true">{name}</span>
      </label>
      <button
        type="button"
        className="chip"
        aria-pressed={heldOut}
        aria-label={m.dataSets.heldOutOf(name)}
        onClick={() => void room.holdOut(id, !heldOut)}
      >
        {m.dataSets.heldOut}
      </button>
    </li>
  )
})

function Thumbnail({ picture }: { picture: EncodedPicture }) {
  const address = usePictureUrl(picture)
  return address ? <img src={address} alt="" loading="lazy" draggable={false} /> : <span className="data-item-blank" />
}
