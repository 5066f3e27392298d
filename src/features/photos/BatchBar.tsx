/** One picture each of several photos: which model, how far it has come, and a way to stop. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { SelectField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { batchPhotos } from './batch'
import type { PhotosRoom } from './room'
import { styleName } from './ToolPanel'
import { useModels } from './useModels'

export function BatchBar({ room }: { room: PhotosRoom }) {
  const m = useMessages()
  const models = useModels(room.port)
  const checked = useStore(room.store, (state) => state.checked.length)
  const count = useStore(room.store, (state) => batchPhotos(state).length)
  const batch = useStore(room.store, (state) => state.batch)
  const isPainting = useStore(room.store, (state) => state.painting !== null)
  const [chosen, setChosen] = useState('')
  const model = models.find(({ id }) => id === chosen) ?? models[0]
  if (!model || (count < 2 && checked === 0)) return null
  return (
    <section className="batch-bar">
      <h3>{m.photos.batch}</h3>
      <p className="muted">{m.photos.batchHint(checked)}</p>
      {batch ? (
        <>
          <progress max={batch.total} value={batch.done} aria-label={m.photos.batch} />
          <p role="status">{m.photos.batchProgress(batch.done, batch.total)}</p>
          <button type="button" className="button" onClick={room.cancelBatch}>
            {m.photos.cancel}
          </button>
        </>
      ) : (
        <>
          <SelectField
            label={m.photos.tools}
            value={model.id}
            choices={models.map((model) => ({ value: model.id, label: styleName(model, models, m.photos.styles) }))}
            onChange={setChosen}
          />
          <button type="button" className="button" disabled={isPainting} onClick={() => void room.startBatch(model)}>
            {m.photos.batchStart(count)}
          </button>
        </>
      )}
    </section>
  )
}
