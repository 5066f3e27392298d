/** One version: its drawing and its face, what can be done with it, and what the witness says of it. */

import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Version } from '../../cases/caseState'
import { LIKENESS_MOST, REPRESENTS, type Represents } from '../../cases/entries'
import { ChoiceField, SliderField } from '../ui/fields'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { CaseDesk } from './desk'
import type { OpenView } from './deskTypes'
import { keepDrafts } from './drafts'
import { Notes } from './Notes'
import { SketchDrawing } from './SketchDrawing'
import { useDraft } from './useDraft'
import { useVersion } from './useVersion'
import type { Outcome } from './versions'
import { localDate, shortTime } from './when'

interface VersionPageProps {
  readonly desk: CaseDesk
  readonly open: OpenView
  readonly version: Version
}

export function VersionPage({ desk, open, version }: VersionPageProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const kept = useVersion(desk, version)
  const url = usePictureUrl(kept?.face)
  const witness = open.state.witnesses.find(({ id }) => id === version.witness)?.name ?? m.cases.versions.nobody
  return (
    <section className="version-page" aria-label={version.name}>
      <h4>
        {version.name} <span className="muted">{m.cases.versions.by(witness, shortTime(version.at, tag))}</span>
      </h4>
      <div className="version-pair">
        {kept ? <SketchDrawing document={kept.drawing.document} label={m.cases.output.sketch} /> : <span className="no-picture" />}
        {url ? <img src={url} alt={m.cases.output.face} /> : <p className="muted">{version.face ? null : m.cases.versions.noFace}</p>}
      </div>
      <Actions desk={desk} version={version} />
      <Judgement desk={desk} open={open} version={version} />
      <Notes desk={desk} about={version.version} notes={open.state.notes} />
    </section>
  )
}

function Actions({ desk, version }: { desk: CaseDesk; version: Version }) {
  const { versions: m, bar } = useMessages().cases
  const witness = useStore(desk.store, (state) => state.witness)
  const recording = useStore(desk.store, (state) => state.recording)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  return (
    <>
      <div className="case-inline">
        <button
          type="button"
          className="button"
          disabled={!recording || isWorking}
          title={recording ? undefined : m.drawOnNoSession}
          onClick={() => void desk.drawOnFrom(version.version)}
        >
          {m.drawOn}
        </button>
        <button
          type="button"
          className="button"
          title={m.reproduceHint}
          disabled={!version.face || isWorking}
          onClick={() => void desk.reproduce(version).then(setOutcome)}
        >
          {m.reproduce}
        </button>
        {witness?.isThere && version.face ? (
          <button type="button" className="button" disabled={isWorking} onClick={() => void desk.showWitness('version', version)}>
            {bar.showWitness}
          </button>
        ) : null}
      </div>
      <p className="case-outcome" role="status" data-outcome={outcome?.result}>
        {outcome ? wordsOf(outcome, m) : null}
      </p>
    </>
  )
}

function wordsOf({ result, most }: Outcome, m: ReturnType<typeof useMessages>['cases']['versions']): string {
  const words = m.outcome[result]
  return typeof words === 'string' ? words : words(most)
}

function Judgement({ desk, open, version }: VersionPageProps) {
  const m = useMessages().cases.versions
  const ratings = open.state.likenesses.filter((each) => each.version === version.version)
  const confirmations = open.state.confirmations.filter((each) => each.version === version.version)
  return (
    <details className="judgement" open={ratings.length + confirmations.length > 0}>
      <summary>{m.judge}</summary>
      {ratings.map(({ at, rating, words }) => (
        <p key={at}>{m.rated(rating, words)}</p>
      ))}
      <RatingForm desk={desk} version={version} />
      {confirmations.map(({ at, represents, initials, date, statement }) => (
        <p key={at}>{m.confirmed(m.representsChoices[represents], initials, date, statement)}</p>
      ))}
      <ConfirmationForm desk={desk} version={version} />
    </details>
  )
}

function RatingForm({ desk, version }: { desk: CaseDesk; version: Version }) {
  const m = useMessages().cases.versions
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [rating, setRating] = useState(LIKENESS_MOST / 2)
  const id = `rating/${version.version}`
  const [words, setWords] = useDraft(desk, id)
  const keep = (event: FormEvent): void => {
    event.preventDefault()
    if (!isWorking) void keepDrafts(desk, [id], () => desk.rate(version.version, rating, words.trim()))
  }
  return (
    <form className="form" onSubmit={keep}>
      <SliderField label={m.rating} value={rating} min={0} max={LIKENESS_MOST} step={1} format={m.ratingValue} onChange={setRating} />
      <label className="case-field">
        <span>{m.ratingWords}</span>
        <textarea className="text-field" rows={2} maxLength={5000} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <div className="button-row">
        <button type="submit" className="button" disabled={isWorking}>
          {m.keepRating}
        </button>
      </div>
    </form>
  )
}

function ConfirmationForm({ desk, version }: { desk: CaseDesk; version: Version }) {
  const m = useMessages().cases.versions
  const [represents, setRepresents] = useState<Represents | null>(null)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const ids = { statement: `statement/${version.version}`, initials: `initials/${version.version}` }
  const [statement, setStatement] = useDraft(desk, ids.statement)
  const [initials, setInitials] = useDraft(desk, ids.initials)
  const [date, setDate] = useState(localDate(desk.port.now()))
  const keep = (event: FormEvent): void => {
    event.preventDefault()
    if (!represents || isWorking) return
    const said = { represents, statement: statement.trim(), initials: initials.trim(), date }
    void keepDrafts(desk, Object.values(ids), () => desk.confirmVersion(version.version, said))
  }
  return (
    <form className="form" onSubmit={keep}>
      <ChoiceField
        label={m.represents}
        value={represents}
        choices={REPRESENTS.map((value) => ({ value, label: m.representsChoices[value] }))}
        onChange={setRepresents}
      />
      <label className="case-field">
        <span>{m.statement}</span>
        <textarea
          className="text-field"
          rows={3}
          maxLength={20_000}
          value={statement}
          onChange={(event) => setStatement(event.target.value)}
        />
      </label>
      <div className="case-inline">
        <label className="case-field">
          <span>{m.initials}</span>
          <input className="text-field" value={initials} maxLength={20} required onChange={(event) => setInitials(event.target.value)} />
        </label>
        <label className="case-field">
          <span>{m.date}</span>
          <input className="text-field" type="date" value={date} required onChange={(event) => setDate(event.target.value)} />
        </label>
      </div>
      <div className="button-row">
        <button type="submit" className="button" disabled={!represents || isWorking}>
          {m.keepConfirmation}
        </button>
      </div>
    </form>
  )
}
