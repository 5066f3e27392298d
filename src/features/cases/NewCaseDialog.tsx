/** A new case: its number and who draws; the rest may follow, or never. */

import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { CaseField } from '../../cases/entries'
import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'
import type { CaseDesk } from './desk'

const ASKED: readonly CaseField[] = ['number', 'title', 'operator']

export function NewCaseDialog({ desk, onClose }: { desk: CaseDesk; onClose: () => void }) {
  const m = useMessages()
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [fields, setFields] = useState<Partial<Record<CaseField, string>>>({})
  const make = (event: FormEvent): void => {
    event.preventDefault()
    if (isWorking) return
    const trimmed = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value.trim()]))
    // What was typed stays where the case before it is not left.
    void desk.create(trimmed).then((isMade) => isMade && onClose())
  }
  return (
    <Dialog title={m.cases.create} closeLabel={m.cases.cancel} className="edit-dialog" onClose={onClose}>
      <form className="form" onSubmit={make}>
        {ASKED.map((field) => (
          <label key={field} className="case-field">
            <span>{m.cases.fields[field]}</span>
            <input
              className="text-field"
              value={fields[field] ?? ''}
              maxLength={200}
              required={field !== 'title'}
              onChange={(event) => setFields({ ...fields, [field]: event.target.value })}
            />
          </label>
        ))}
        <div className="button-row end">
          <button type="button" className="button" onClick={onClose}>
            {m.cases.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isWorking}>
            {m.cases.make}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
