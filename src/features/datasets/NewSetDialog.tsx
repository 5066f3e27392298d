/** A new, empty data set: its name and what is in it. */

import { type FormEvent, useId, useState } from 'react'
import type { DataSetKind } from '../../storage/trainingRows'
import { Dialog } from '../ui/Dialog'
import { ChoiceField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import type { DataSetsRoom } from './room'

const KINDS: readonly DataSetKind[] = ['pairs', 'unpaired']

export function NewSetDialog({ room, onClose }: { room: DataSetsRoom; onClose: () => void }) {
  const m = useMessages()
  const nameId = useId()
  const [name, setName] = useState(m.dataSets.defaultName(room.store.getState().sets.length + 1))
  const [kind, setKind] = useState<DataSetKind>('pairs')
  const make = (event: FormEvent): void => {
    event.preventDefault()
    onClose()
    void room.create({ name: name.trim() || m.dataSets.defaultName(1), kind })
  }
  return (
    <Dialog title={m.dataSets.createTitle} closeLabel={m.dataSets.cancel} className="edit-dialog" onClose={onClose}>
      <form className="form" onSubmit={make}>
        <label htmlFor={nameId}>{m.dataSets.name}</label>
        <input id={nameId} className="text-field" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        <ChoiceField
          label={m.dataSets.kind}
          value={kind}
          choices={KINDS.map((value) => ({ value, label: m.dataSets.kinds[value] }))}
          onChange={setKind}
        />
        <p className="muted">{m.dataSets.kindHints[kind]}</p>
        <div className="button-row end">
          <button type="button" className="button" onClick={onClose}>
            {m.dataSets.cancel}
          </button>
          <button type="submit" className="button primary">
            {m.dataSets.make}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
