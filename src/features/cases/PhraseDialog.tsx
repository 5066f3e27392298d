/** Asks for a pass phrase: one that exists, or a new one twice. */

import { type FormEvent, useId, useState } from 'react'
import { isTooWeak } from '../../cases/vault'
import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'

interface PhraseDialogProps {
  readonly kind: 'open' | 'import' | 'export' | 'protect'
  readonly body: string
  readonly onPhrase: (phrase: string) => Promise<void>
  readonly onClose: () => void
  /** Of a case that exists: nobody needs its phrase to be rid of it. */
  readonly onWipe?: () => void
}

export function PhraseDialog({ kind, body, onPhrase, onClose, onWipe }: PhraseDialogProps) {
  const m = useMessages().cases
  const [phrase, setPhrase] = useState('')
  const [again, setAgain] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const noteId = useId()
  const isNew = kind === 'export' || kind === 'protect'
  const note = !isNew ? null : isTooWeak(phrase) ? m.phrase.short : phrase !== again ? m.phrase.differs : null
  const go = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (note !== null || isBusy) return
    setIsBusy(true)
    await onPhrase(phrase)
    setIsBusy(false)
  }
  return (
    <Dialog title={m.phrase[kind]} closeLabel={m.cancel} className="edit-dialog" onClose={onClose}>
      <form className="form" onSubmit={(event) => void go(event)}>
        <p>{body}</p>
        <PhraseField label={m.phrase.label} value={phrase} isNew={isNew} onChange={setPhrase} />
        {isNew ? <PhraseField label={m.phrase.again} value={again} isNew onChange={setAgain} /> : null}
        <p id={noteId} className="muted" role="status">
          {note}
        </p>
        <div className="button-row end">
          {onWipe ? (
            <button type="button" className="button danger" disabled={isBusy} onClick={onWipe}>
              {m.output.wipeGo}
            </button>
          ) : null}
          <button type="button" className="button" onClick={onClose}>
            {m.cancel}
          </button>
          <button type="submit" className="button primary" disabled={note !== null || phrase === '' || isBusy} aria-describedby={noteId}>
            {m.phrase.go[kind]}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

interface PhraseFieldProps {
  readonly label: string
  readonly value: string
  readonly isNew: boolean
  readonly onChange: (value: string) => void
}

function PhraseField({ label, value, isNew, onChange }: PhraseFieldProps) {
  return (
    <label className="case-field">
      <span>{label}</span>
      <input
        className="text-field"
        type="password"
        value={value}
        // No browser keeps it for others who use this machine.
        autoComplete={isNew ? 'new-password' : 'off'}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
