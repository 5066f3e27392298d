/** The interview's sheet, step by step. The witness's words are kept as they are typed; what was kept is shown and cannot be changed here. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { StepDone } from '../../cases/caseState'
import { INTERVIEW, type InterviewStep } from '../../cases/interview'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import type { CaseDesk } from './desk'
import { useDraft } from './useDraft'
import { shortTime } from './when'

export function InterviewTab({ desk, open }: CasePart) {
  const m = useMessages()
  const recording = useStore(desk.store, (state) => state.recording)
  const session = open.state.sessions.find(({ id }) => id === recording?.session)
  if (!session) return <p className="case-empty">{m.cases.interview.none}</p>
  const mayDraw = session.steps.freeRecall !== undefined
  return (
    <div className="interview">
      <p className="muted">{m.cases.interview.intro}</p>
      <ol className="interview-steps">
        {INTERVIEW.map((step) => (
          <li key={step.id}>
            <Step desk={desk} session={session.id} step={step} done={session.steps[step.id] ?? null} />
            {step.id === 'features' ? (
              <div className="case-inline">
                <button type="button" className="button primary" disabled={!mayDraw} onClick={() => void desk.backToDrawing()}>
                  <Icon name="pen" size={16} />
                  <span>{m.cases.interview.draw}</span>
                </button>
                {mayDraw ? null : <span className="muted">{m.cases.interview.drawFirst}</span>}
              </div>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

interface StepProps {
  readonly desk: CaseDesk
  readonly session: string
  readonly step: InterviewStep
  readonly done: StepDone | null
}

function Step({ desk, session, step, done }: StepProps) {
  const m = useMessages().cases.interview
  const { tag } = useLanguage()
  const [words, setWords] = useDraft(desk, `${session}/${step.id}`)
  const [checks, setChecks] = useState<readonly string[]>([])
  const { title, body } = m.steps[step.id]
  const keep = async (): Promise<void> => {
    if (await desk.keepStep(step.id, words.trim(), checks)) setWords('')
  }
  const isEmpty = step.takesWords ? words.trim() === '' && checks.length === 0 : checks.length === 0
  return (
    <section className="interview-step" data-done={done ? '' : undefined} aria-label={title}>
      <h4>
        {done ? <Icon name="check" size={16} /> : null} {title}
      </h4>
      <p>{body}</p>
      {done ? (
        <p className="muted">
          {done.skipped === null ? m.kept(shortTime(done.at, tag)) : m.skipped(shortTime(done.at, tag), done.skipped)}
        </p>
      ) : null}
      {done?.words ? <blockquote className="case-words">{done.words}</blockquote> : null}
      {step.checks.map((check) => (
        <label key={check} className="case-check">
          <input
            type="checkbox"
            checked={checks.includes(check) || (done?.checks.includes(check) ?? false)}
            disabled={done?.checks.includes(check) ?? false}
            onChange={(event) => setChecks(event.target.checked ? [...checks, check] : checks.filter((each) => each !== check))}
          />
          <span>{m.checks[check]}</span>
        </label>
      ))}
      {step.takesWords ? (
        <label className="case-field">
          <span>{m.words}</span>
          <textarea className="text-field" rows={4} value={words} maxLength={20_000} onChange={(event) => setWords(event.target.value)} />
        </label>
      ) : null}
      <div className="case-inline">
        <button type="button" className="button" disabled={isEmpty} onClick={() => void keep()}>
          {done ? m.keepAgain : m.keep}
        </button>
        {done ? null : <Skip onSkip={(reason) => void desk.skipStep(step.id, reason)} />}
      </div>
    </section>
  )
}

/** A step is left out for a reason, which stays in the log. */
function Skip({ onSkip }: { onSkip: (reason: string) => void }) {
  const m = useMessages().cases.interview
  const [reason, setReason] = useState<string | null>(null)
  if (reason === null)
    return (
      <button type="button" className="button quiet" onClick={() => setReason('')}>
        {m.skip}
      </button>
    )
  return (
    <>
      <input
        className="text-field"
        aria-label={m.skipReason}
        placeholder={m.skipReason}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="button" className="button" disabled={reason.trim() === ''} onClick={() => onSkip(reason.trim())}>
        {m.skipGo}
      </button>
    </>
  )
}
