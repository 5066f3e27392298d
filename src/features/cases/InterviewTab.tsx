/** The interview's sheet, step by step. The witness's words are kept as they are typed; what was kept is shown and cannot be changed here. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { StepDone } from '../../cases/caseState'
import { type CheckId, INTERVIEW, type InterviewStep, type StepId } from '../../cases/interview'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import type { CaseDesk } from './desk'
import { keepDrafts } from './drafts'
import { useDraft } from './useDraft'
import { shortTime } from './when'

export function InterviewTab({ desk, open }: CasePart) {
  const m = useMessages()
  const recording = useStore(desk.store, (state) => state.recording)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
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
                <button type="button" className="button primary" disabled={!mayDraw || isWorking} onClick={() => void desk.backToDrawing()}>
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
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const wordsId = `${session}/${step.id}`
  const [words, setWords] = useDraft(desk, wordsId)
  // Ticks are kept with the words, and must not be gone when these are still there.
  const checksId = `${wordsId}/checks`
  const [ticked, setTicked] = useDraft(desk, checksId)
  const checks = step.checks.filter((check) => ticked.split(' ').includes(check))
  const { title, body } = m.steps[step.id]
  // A further answer takes the place of the one before on the sheet: what is ticked stays ticked.
  const isTicked = (check: CheckId): boolean => checks.includes(check) || (done?.checks.includes(check) ?? false)
  const keep = (): Promise<boolean> =>
    keepDrafts(desk, [wordsId, checksId], () => desk.keepStep(step.id, words.trim(), step.checks.filter(isTicked)))
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
            checked={isTicked(check)}
            disabled={done?.checks.includes(check) ?? false}
            onChange={(event) => setTicked((event.target.checked ? [...checks, check] : checks.filter((each) => each !== check)).join(' '))}
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
        <button type="button" className="button" disabled={isEmpty || isWorking} onClick={() => void keep()}>
          {done ? m.keepAgain : m.keep}
        </button>
        {done ? null : <Skip desk={desk} session={session} step={step.id} />}
      </div>
    </section>
  )
}

/** A step is left out for a reason, which stays in the log. */
function Skip({ desk, session, step }: { desk: CaseDesk; session: string; step: StepId }) {
  const m = useMessages().cases.interview
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [isAsked, setAsked] = useState(false)
  const id = `${session}/${step}/skip`
  const [reason, setReason] = useDraft(desk, id)
  if (!isAsked && reason === '')
    return (
      <button type="button" className="button quiet" onClick={() => setAsked(true)}>
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
      <button
        type="button"
        className="button"
        disabled={reason.trim() === '' || isWorking}
        onClick={() => void keepDrafts(desk, [id], () => desk.skipStep(step, reason.trim()))}
      >
        {m.skipGo}
      </button>
    </>
  )
}
