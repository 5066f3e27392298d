/** The next run: what it learns from, what it learns, what it begins as, how much, and how long that takes here. */

import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { DataSetRow } from '../../storage/trainingRows'
import { refOf } from '../../workers/protocol'
import type { TrainingMethodId } from '../../workers/trainingProtocol'
import { SelectField } from '../ui/fields'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { entryOf, keyOf, methodsFor, PRESETS, parentsFor, presetOf, withPreset } from './draft'
import { MoreSettings } from './MoreSettings'
import type { DraftProps } from './props'
import type { TrainingRoom } from './room'
import { StartBar } from './StartBar'

export function NewRun({ room }: { room: TrainingRoom }) {
  const m = useMessages()
  const sets = useStore(room.store, (state) => state.sets)
  const draft = useStore(room.store, (state) => state.draft)
  const method = useStore(room.store, ({ methods }) => methods.find(({ id }) => id === draft?.method) ?? null)
  return (
    <section className="training-new" aria-label={m.training.newRun}>
      <p className="training-intro muted">{m.training.intro}</p>
      {sets.length === 0 ? <NoSets room={room} /> : null}
      {draft && method ? <Form room={room} sets={sets} draft={draft} method={method} /> : null}
      {sets.length > 0 && !draft ? <p className="muted">{m.training.noMethod}</p> : null}
    </section>
  )
}

function NoSets({ room }: { room: TrainingRoom }) {
  const m = useMessages()
  return (
    <div className="training-none">
      <p>{m.training.noSets}</p>
      <button type="button" className="button primary" onClick={room.port.openDataSets}>
        {m.training.toDataSets}
      </button>
    </div>
  )
}

function Form({ room, sets, draft, method }: DraftProps & { sets: readonly DataSetRow[] }) {
  const m = useMessages()
  const methods = useStore(room.store, (state) => state.methods)
  const set = sets.find(({ id }) => id === draft.dataSetId)
  const fitting = set ? methodsFor(methods, set.kind) : []
  const preset = presetOf(draft, method)
  return (
    <>
      <div className="training-choices">
        <div className="training-choice">
          <SelectField
            label={m.training.set}
            value={draft.dataSetId}
            choices={sets.map(({ id, name, kind }) => ({ value: id, label: `${name} (${m.training.kinds[kind]})` }))}
            onChange={(id) => void room.chooseSet(id)}
          />
          <Facts room={room} draft={draft} method={method} />
          <button type="button" className="button quiet small" onClick={room.port.openDataSets}>
            {m.training.toDataSets}
          </button>
        </div>
        <div className="training-choice">
          <SelectField<TrainingMethodId>
            label={m.training.method}
            value={draft.method}
            choices={fitting.map(({ id }) => ({ value: id, label: m.training.methods[id].name }))}
            onChange={(id) => void room.chooseMethod(id)}
          />
          <small className="muted">{m.training.methods[draft.method].hint}</small>
        </div>
        <ParentChoice room={room} draft={draft} method={method} />
        <div className="training-choice">
          <label className="field select-field">
            <span className="field-label">{m.training.name}</span>
            <input
              className="text-field"
              value={draft.name}
              maxLength={80}
              spellCheck={false}
              onChange={(event) => room.change({ ...draft, name: event.target.value })}
            />
          </label>
        </div>
      </div>
      <fieldset className="training-presets">
        <legend>{m.training.preset}</legend>
        {PRESETS.map((each) => (
          <label key={each} className="training-preset">
            <input
              type="radio"
              name="training-preset"
              checked={preset === each}
              onChange={() => room.change(withPreset(draft, method, each))}
            />
            <span>
              <strong>{m.training.presets[each]}</strong>
              <small className="muted">{m.training.presetHints[each]}</small>
            </span>
          </label>
        ))}
        {preset === null ? <p className="muted">{m.training.presetHints.own}</p> : null}
      </fieldset>
      <MoreSettings room={room} draft={draft} method={method} />
      <StartBar room={room} draft={draft} />
    </>
  )
}

/** How much there is to learn from, and what is missing. */
function Facts({ room, draft }: DraftProps) {
  const m = useMessages()
  const facts = useStore(room.store, (state) => state.facts)
  if (!facts) return null
  const { count, heldOut, faces } = facts
  const warning =
    heldOut === 0 ? m.training.noneHeldOut : draft.method === 'portraitDrawing' && faces < count ? m.training.noFaces(count - faces) : null
  return (
    <small className="muted">
      {m.training.setFacts(count - heldOut, heldOut)} {warning}
    </small>
  )
}

function ParentChoice({ room, draft, method }: DraftProps) {
  const m = useMessages()
  const text = useLocalized()
  const all = useSyncExternalStore(room.port.models.subscribe, room.port.models.list)
  const entries = parentsFor(method, all)
  const choices = entries.map((entry) => ({
    value: keyOf(refOf(entry)),
    label: entry.own ? m.training.own(text(entry.name)) : text(entry.name),
  }))
  const isGone = draft.parent !== null && !entryOf(draft.parent, entries)
  return (
    <div className="training-choice">
      <SelectField
        label={m.training.parent}
        value={keyOf(draft.parent) || NOTHING}
        choices={[
          ...choices,
          ...(isGone ? [{ value: keyOf(draft.parent), label: '–' }] : []),
          { value: NOTHING, label: m.training.fromNothing },
        ]}
        onChange={(key) => {
          const entry = entries.find((each) => keyOf(refOf(each)) === key)
          void room.chooseParent(entry ? refOf(entry) : null)
        }}
      />
      {draft.parent === null ? <small className="muted">{m.training.fromNothingHint}</small> : null}
    </div>
  )
}

/** An empty value would stand for a choice that is still to be made. */
const NOTHING = 'nothing'
