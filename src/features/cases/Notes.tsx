/** Notes to a case or to one of its versions: added, never changed. */

import type { FormEvent } from 'react'
import { useStore } from 'zustand'
import type { CaseState } from '../../cases/caseState'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CaseDesk } from './desk'
import { keepDrafts } from './drafts'
import { useDraft } from './useDraft'
import { shortTime } from './when'

interface NotesProps {
  readonly desk: CaseDesk
  /** A version; `null`: the case. */
  readonly about: string | null
  readonly notes: CaseState['notes']
}

export function Notes({ desk, about, notes }: NotesProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const id = `note/${about ?? ''}`
  const [words, setWords] = useDraft(desk, id)
  const own = notes.filter((note) => note.about === about)
  const add = (event: FormEvent): void => {
    event.preventDefault()
    if (words.trim() === '' || isWorking) return
    void keepDrafts(desk, [id], () => desk.addNote(about, words.trim()))
  }
  return (
    <section>
      {about === null ? <h4>{m.cases.notes}</h4> : null}
      <ul className="case-rows">
        {own.map((note) => (
          <li key={note.at}>
            <span className="case-words">
              {note.words} <span className="muted">{shortTime(note.at, tag)}</span>
            </span>
          </li>
        ))}
      </ul>
      <form className="case-inline" onSubmit={add}>
        <input
          className="text-field"
          aria-label={m.cases.noteLabel}
          placeholder={m.cases.noteLabel}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="submit" className="button" disabled={words.trim() === '' || isWorking}>
          {m.cases.addNote}
        </button>
      </form>
    </section>
  )
}
