/** Who, what, when: the fields of a case, its witnesses and sessions, how long it is kept. */

import { type FormEvent, useId, useState } from 'react'
import { useStore } from 'zustand'
import type { CaseSession } from '../../cases/caseState'
import { CASE_FIELDS, type CaseField } from '../../cases/entries'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import type { CaseDesk } from './desk'
import { Notes } from './Notes'
import { retentionEdit } from './retention'
import { useDraft } from './useDraft'
import { localDate, shortTime } from './when'

export function CaseSheet({ desk, open }: CasePart) {
  const { state } = open
  return (
    <div className="case-columns">
      <div className="form">
        {CASE_FIELDS.map((field) => (
          <Field key={field} desk={desk} field={field} value={state.fields[field]} />
        ))}
        <Retention desk={desk} until={state.retainUntil} />
      </div>
      <div className="form">
        <Witnesses desk={desk} open={open} />
        <Sessions desk={desk} open={open} />
        <Notes desk={desk} about={null} notes={state.notes} />
      </div>
    </div>
  )
}

/** One entry when the field is left: a year that is being typed passes through the year 2 and the year 20. */
function Retention({ desk, until }: { desk: CaseDesk; until: string | null }) {
  const m = useMessages()
  const noteId = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const leave = ({ value, validity }: HTMLInputElement): void => {
    const edit = retentionEdit({ value, isIncomplete: validity.badInput }, until, desk.port.now())
    setRefused(edit.kind === 'refused')
    // What was refused stands there still, to be mended.
    if (edit.kind !== 'refused') setDraft(null)
    if (edit.kind === 'set') desk.setRetention(edit.until)
  }
  return (
    <div className="case-field">
      <label className="case-field">
        <span>{m.cases.retention}</span>
        <input
          className="text-field"
          type="date"
          value={draft ?? until ?? ''}
          min={localDate(desk.port.now())}
          max="9999-12-31"
          aria-invalid={isRefused}
          aria-describedby={noteId}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && leave(event.currentTarget)}
          onBlur={(event) => leave(event.target)}
        />
      </label>
      <small id={noteId} className={isRefused ? 'case-warning' : 'muted'} role="status">
        {isRefused ? m.cases.retentionRefused : m.cases.retentionHint}
      </small>
    </div>
  )
}

/** One entry when the field is left, not one a letter. */
function Field({ desk, field, value }: { desk: CaseDesk; field: CaseField; value: string }) {
  const m = useMessages()
  const [draft, setDraft] = useDraft(desk, `field/${field}`, value)
  return (
    <label className="case-field">
      <span>{m.cases.fields[field]}</span>
      <input
        className="text-field"
        value={draft}
        maxLength={500}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => {
          desk.edit(field, draft.trim())
          setDraft(null)
        }}
      />
    </label>
  )
}

function Witnesses({ desk, open }: CasePart) {
  const m = useMessages()
  const { witnesses } = open.state
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [name, setName] = useDraft(desk, 'witness/name')
  const [note, setNote] = useDraft(desk, 'witness/note')
  const add = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() === '') return
    desk.addWitness(name.trim(), note.trim())
    setName(null)
    setNote(null)
  }
  return (
    <section>
      <h4>{m.cases.witnesses}</h4>
      {witnesses.length === 0 ? <p className="muted">{m.cases.noWitness}</p> : null}
      <ul className="case-rows">
        {witnesses.map((witness) => (
          <li key={witness.id}>
            <span>
              {witness.name} <span className="muted">{witness.note}</span>
            </span>
            <button
              type="button"
              className="button"
              title={m.cases.startHint}
              disabled={isWorking}
              onClick={() => void desk.startSession(witness.id)}
            >
              {m.cases.startSession}
            </button>
          </li>
        ))}
      </ul>
      <form className="case-inline" onSubmit={add}>
        <input
          className="text-field"
          aria-label={m.cases.witnessName}
          placeholder={m.cases.witnessName}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <input
          className="text-field"
          aria-label={m.cases.witnessNote}
          placeholder={m.cases.witnessNote}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <button type="submit" className="button" disabled={name.trim() === ''}>
          {m.cases.addWitness}
        </button>
      </form>
    </section>
  )
}

function Sessions({ desk, open }: CasePart) {
  const m = useMessages()
  const { tag } = useLanguage()
  const now = useStore(desk.store, (state) => state.recording?.session ?? null)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const { sessions, witnesses } = open.state
  if (sessions.length === 0) return null
  const endOf = ({ id, endedAt }: CaseSession): string =>
    endedAt ? m.cases.ended(shortTime(endedAt, tag)) : id === now ? m.cases.running : m.cases.interrupted
  return (
    <section>
      <h4>{m.cases.sessionsTitle}</h4>
      <ul className="case-rows">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              {m.cases.session(witnesses.find(({ id }) => id === session.witness)?.name ?? '', shortTime(session.startedAt, tag))}{' '}
              <span className="muted">{endOf(session)}</span>
            </span>
            {session.id === now ? (
              <button type="button" className="button" title={m.cases.endBody} disabled={isWorking} onClick={() => void desk.endSession()}>
                {m.cases.endSession}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
