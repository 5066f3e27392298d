/** One item at its own size, with the points of its face, which can be moved as on the photos' screen. */

import { useEffect, useId, useState } from 'react'
import type { DataSetEntryRow, DataSetItemRow, DataSetRow } from '../../storage/trainingRows'
import { Dialog } from '../ui/Dialog'
import { SwitchField } from '../ui/fields'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { PointEditor } from '../ui/PointEditor'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { DataSetsRoom } from './room'

interface ItemProps {
  readonly room: DataSetsRoom
  readonly set: DataSetRow
  readonly entry: DataSetEntryRow
}

/** Flat x, y of the 68. */
type Points = readonly number[]

export function ItemDialog({ room, set, entry }: ItemProps) {
  const m = useMessages()
  const [item, setItem] = useState<DataSetItemRow | null>(null)
  useEffect(() => {
    let isCurrent = true
    room
      .sets()
      .then((sets) => sets.item(set.id, entry.id))
      .then((found) => isCurrent && setItem(found))
      .catch(room.report)
    return () => {
      isCurrent = false
    }
  }, [room, set.id, entry.id])
  return (
    <Dialog
      title={m.dataSets.itemTitle(entry.name)}
      closeLabel={m.dataSets.itemClose}
      className="data-item-dialog"
      onClose={() => room.open(null)}
    >
      {item ? <Item room={room} item={item} /> : null}
    </Dialog>
  )
}

function Item({ room, item }: { room: DataSetsRoom; item: DataSetItemRow }) {
  const m = useMessages()
  const hintId = useId()
  const [a, b] = [usePictureUrl(item.a), usePictureUrl(item.b)]
  const [shows, setShows] = useState(true)
  const points = usePoints(room, item)
  const editor = points && shows && (
    <PointEditor landmarks={points.now} hintId={hintId} onMove={points.move} onUndo={points.undo} onRedo={points.redo} />
  )
  return (
    <>
      <div className="data-item-sides">
        {a ? (
          <div className="point-stage">
            <img src={a} alt={m.dataSets.photo(item.name)} draggable={false} />
            {editor}
          </div>
        ) : null}
        {b ? (
          <div className="point-stage">
            <img src={b} alt={m.dataSets.picture(item.name)} draggable={false} />
            {a ? null : editor}
          </div>
        ) : null}
      </div>
      {points ? (
        <div className="point-bar">
          <SwitchField label={m.photos.showPoints} checked={shows} onChange={setShows} />
          <span className="top-bar-space" />
          <IconButton icon="undo" label={m.photos.undo} disabled={!points.canUndo} onClick={points.undo} />
          <IconButton icon="redo" label={m.photos.redo} disabled={!points.canRedo} onClick={points.redo} />
          <button type="button" className="button" disabled={!points.canReset} onClick={points.reset}>
            {m.dataSets.pointsReset}
          </button>
        </div>
      ) : null}
      <p id={hintId} className="muted point-hint">
        {points ? m.photos.pointsHint : m.dataSets.noPoints}
      </p>
    </>
  )
}

/** The points with their past, for as long as the dialog is open; every step is kept in the database. */
function usePoints(room: DataSetsRoom, { dataSetId, id, landmarks, found }: DataSetItemRow) {
  const [past, setPast] = useState<{ before: readonly Points[]; now: Points | null; after: readonly Points[] }>({
    before: [],
    now: landmarks,
    after: [],
  })
  const { before, now, after } = past
  if (!now) return null
  const keep = (next: typeof past): void => {
    setPast(next)
    if (next.now) room.port.reader.correctItem(dataSetId, id, next.now).catch(room.report)
  }
  const move = (next: Points): void => keep({ before: [...before, now], now: next, after: [] })
  return {
    now,
    move,
    canUndo: before.length > 0,
    canRedo: after.length > 0,
    canReset: Boolean(found) && now.some((value, i) => value !== found?.[i]),
    undo: (): void => {
      const last = before.at(-1)
      if (last) keep({ before: before.slice(0, -1), now: last, after: [now, ...after] })
    },
    redo: (): void => {
      const [next, ...rest] = after
      if (next) keep({ before: [...before, now], now: next, after: rest })
    },
    reset: (): void => {
      if (found) move(found)
    },
  }
}
