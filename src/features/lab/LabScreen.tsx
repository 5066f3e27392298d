/** The lab: what two models' encoders make of the same drawings at one place of the face, after the thesis's third chapter. */

import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { PROJECTION_METHODS } from '../../lab/projectionTypes'
import { ENCODER_LAYERS } from '../../shared/featurePlace'
import { Dialog } from '../ui/Dialog'
import { ChoiceField, SelectField } from '../ui/fields'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { ToastList } from '../ui/ToastList'
import { ChangePanel } from './ChangePanel'
import { DrawingPanel } from './DrawingPanel'
import { saveSheet, saveTable } from './files'
import { GroupList } from './GroupList'
import { PlotView } from './PlotView'
import { facesOf, type LabRoom } from './room'
import { SIDES, type Side } from './roomTypes'
import { SpreadTable } from './SpreadTable'

interface LabScreenProps {
  readonly room: LabRoom
  readonly onClose: () => void
}

export function LabScreen({ room, onClose }: LabScreenProps) {
  const m = useMessages()
  const models = useSyncExternalStore(room.port.models.subscribe, room.port.models.list)
  // The list is empty until the generator has started.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is the reason to look again
  useEffect(() => room.enter(), [room, models])
  return (
    <Dialog
      title={m.lab.title}
      closeLabel={m.lab.close}
      kind="screen"
      className="lab"
      onClose={onClose}
      header={<SaveButtons room={room} />}
    >
      <p className="lab-intro muted">{m.lab.intro}</p>
      <Controls room={room} />
      <RunBar room={room} />
      <div className="lab-layout">
        <div className="lab-plots">
          {SIDES.map((side) => (
            <section key={side} className="lab-side" aria-label={side === 'left' ? m.lab.leftModel : m.lab.rightModel}>
              <ModelChoice room={room} side={side} />
              <PlotView room={room} side={side} />
            </section>
          ))}
        </div>
        <aside className="lab-aside">
          <DrawingPanel room={room} />
          <GroupList room={room} />
        </aside>
      </div>
      <ChangePanel room={room} />
      <SpreadTable room={room} />
      <ToastList toasts={room.port.toasts} />
    </Dialog>
  )
}

function Controls({ room }: { room: LabRoom }) {
  const m = useMessages()
  const layer = useStore(room.store, (state) => state.layer)
  const method = useStore(room.store, (state) => state.method)
  const layers = Array.from({ length: ENCODER_LAYERS }, (_, i) => ({ value: String(i), label: `L${i}` }))
  return (
    <div className="lab-controls">
      <ChoiceField label={m.lab.layer} value={String(layer)} choices={layers} onChange={(value) => room.chooseLayer(Number(value))} />
      <ChoiceField
        label={m.lab.method}
        value={method}
        choices={PROJECTION_METHODS.map((value) => ({ value, label: m.lab.methods[value] }))}
        onChange={room.chooseMethod}
      />
    </div>
  )
}

function ModelChoice({ room, side }: { room: LabRoom; side: Side }) {
  const m = useMessages()
  const text = useLocalized()
  const chosen = useStore(room.store, (state) => state.sides[side])
  const choices = facesOf(room.port).map(({ id, name }) => ({ value: id, label: text(name) }))
  return (
    <SelectField
      label={side === 'left' ? m.lab.leftModel : m.lab.rightModel}
      value={chosen ?? ''}
      choices={choices}
      emptyLabel={m.lab.noModel}
      onChange={(id) => room.chooseModel(side, id)}
    />
  )
}

function RunBar({ room }: { room: LabRoom }) {
  const m = useMessages()
  const text = useLocalized()
  const run = useStore(room.store, (state) => state.run)
  const error = useStore(room.store, (state) => state.error)
  const isMissing = useStore(room.store, (state) =>
    SIDES.some((side) => state.sides[side] !== null && !state.features[state.sides[side] ?? '']),
  )
  const name = room.port.models.list().find(({ id }) => id === run?.model)?.name
  const again = (
    <button type="button" className="button small" onClick={() => void room.start()}>
      {m.lab.start}
    </button>
  )
  return (
    <div className="lab-run">
      <p role="status">
        {run
          ? m.lab.running(name ? text(name) : run.model, run.done, run.total)
          : error
            ? error.message
            : isMissing
              ? m.lab.stopped
              : m.lab.ready}
      </p>
      {run ? <progress aria-label={m.lab.progress} value={run.done} max={run.total} /> : null}
      {run ? (
        <button type="button" className="button small" onClick={room.cancel}>
          {m.lab.cancel}
        </button>
      ) : error || isMissing ? (
        again
      ) : null}
    </div>
  )
}

function SaveButtons({ room }: { room: LabRoom }) {
  const m = useMessages()
  const text = useLocalized()
  const isReady = useStore(room.store, (state) => SIDES.some((side) => state.plots[side]))
  return (
    <div className="lab-save">
      <button type="button" className="button small" disabled={!isReady} onClick={() => saveTable(room)}>
        {m.lab.saveTable}
      </button>
      <button type="button" className="button small" disabled={!isReady} onClick={() => void saveSheet(room, 'svg', text)}>
        SVG
      </button>
      <button type="button" className="button small" disabled={!isReady} onClick={() => void saveSheet(room, 'png', text)}>
        PNG
      </button>
    </div>
  )
}
