/** One data set: its name, its ways in and out, its pictures, and what augmentation makes of them. */

import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { DataSetRow } from '../../storage/trainingRows'
import { AugmentationPanel, type SideKinds } from '../ui/augmentation/AugmentationPanel'
import { ChoiceField, SwitchField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { IconButton } from '../ui/IconButton'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { isComposing } from '../ui/keyPress'
import { pickFiles, pickFolder } from '../ui/pickFiles'
import { writeBytes } from '../ui/writeBytes'
import { ItemGrid } from './ItemGrid'
import type { DataSetsRoom } from './room'
import { SplitBar } from './SplitBar'

const ACCEPTED = '.jpg,.jpeg,.png,.webp,.zip,image/jpeg,image/png,image/webp,application/zip'

interface SetProps {
  readonly room: DataSetsRoom
  readonly set: DataSetRow
}

export function SetPage({ room, set }: SetProps) {
  const m = useMessages()
  const entries = useStore(room.store, (state) => state.entries)
  const view = useStore(room.store, (state) => state.view)
  return (
    <section className="data-set-page" aria-label={set.name}>
      <div className="data-set-head">
        <SetName room={room} set={set} />
        <Actions room={room} set={set} />
      </div>
      <Summary room={room} set={set} />
      <Ways room={room} set={set} />
      {entries.length > 0 ? (
        <>
          <ChoiceField
            label={m.dataSets.views}
            bare
            value={view}
            choices={[
              { value: 'items', label: m.dataSets.viewItems },
              { value: 'augmentation', label: m.dataSets.viewAugmentation },
            ]}
            onChange={room.show}
          />
          {view === 'items' ? (
            <>
              <SplitBar room={room} />
              <ItemGrid room={room} set={set} />
            </>
          ) : (
            <Preview room={room} set={set} />
          )}
        </>
      ) : null}
    </section>
  )
}

/** Committed when the field is left or Enter is pressed. */
function SetName({ room, set }: SetProps) {
  const m = useMessages()
  const [draft, setDraft] = useState(set.name)
  useEffect(() => setDraft(set.name), [set.name])
  const commit = (): void => {
    const name = draft.trim()
    if (name && name !== set.name) void room.rename(set.id, name)
    else setDraft(set.name)
  }
  return (
    <input
      className="text-field data-set-name"
      aria-label={m.dataSets.rename}
      value={draft}
      maxLength={80}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}

function Actions({ room, set }: SetProps) {
  const m = useMessages()
  const isEmpty = useStore(room.store, (state) => state.entries.length === 0)
  const isBusy = useStore(room.store, (state) => state.work !== null)
  return (
    <>
      <button type="button" className="button" disabled={isEmpty || isBusy} onClick={() => void room.exportSet(set)}>
        <Icon name="download" size={16} />
        <span>{m.dataSets.export}</span>
      </button>
      <IconButton icon="trash" label={m.dataSets.remove} onClick={() => void room.remove(set)} />
    </>
  )
}

function Summary({ room, set }: SetProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const entries = useStore(room.store, (state) => state.entries)
  if (entries.length === 0) return <p className="muted">{m.dataSets.kindHints[set.kind]}</p>
  const size = writeBytes(
    entries.reduce((sum, { bytes }) => sum + bytes, 0),
    tag,
  )
  const heldOut = entries.filter((entry) => entry.heldOut).length
  const heaps = m.dataSets.summaryUnpaired(entries.filter(({ a }) => a).length, entries.filter(({ b }) => b).length)
  return (
    <p className="data-set-summary muted">
      <span>{m.dataSets.kinds[set.kind]}</span>
      <span>{m.dataSets.summary(entries.length, heldOut)}</span>
      {set.kind === 'unpaired' ? <span>{heaps}</span> : null}
      <span>{m.dataSets.size(size)}</span>
    </p>
  )
}

/** Ways in. */
function Ways({ room, set }: SetProps) {
  const m = useMessages()
  const isEmpty = useStore(room.store, (state) => state.entries.length === 0)
  const isBusy = useStore(room.store, (state) => state.work !== null)
  const looseSide = useStore(room.store, (state) => state.looseSide)
  const drawsB = useStore(room.store, (state) => state.drawsB)
  const take = (files: readonly File[]): void => void room.takeFiles(files)
  return (
    <div className="data-set-ways" data-empty={isEmpty ? '' : undefined}>
      {isEmpty ? (
        <>
          <Icon name="upload" size={40} />
          <p>{m.dataSets.dropHere}</p>
        </>
      ) : null}
      <div className="button-row">
        <button type="button" className={isEmpty ? 'button primary' : 'button'} disabled={isBusy} onClick={() => pickFolder(take)}>
          <Icon name="upload" size={16} />
          <span>{m.dataSets.folder}</span>
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={() => pickFiles(ACCEPTED, take)}>
          <Icon name="photo" size={16} />
          <span>{m.dataSets.files}</span>
        </button>
      </div>
      {isEmpty ? <p className="muted">{set.kind === 'pairs' ? m.dataSets.pairsAdvice : m.dataSets.unpairedAdvice}</p> : null}
      {set.kind === 'unpaired' ? (
        <ChoiceField
          label={m.dataSets.side}
          value={looseSide}
          choices={(['a', 'b'] as const).map((value) => ({ value, label: m.dataSets.sides[value] }))}
          onChange={room.setLooseSide}
        />
      ) : set.sideA === 'sketch' ? null : (
        <SwitchField label={m.dataSets.drawsB} hint={m.dataSets.drawsBHint} checked={drawsB} onChange={room.setDrawsB} />
      )}
    </div>
  )
}

/** As many as the panel shows. */
const MOST_SHOWN = 12

/** A sketch moves, its face is to be made. */
const SKETCHES: SideKinds = { a: 'sketch', b: 'picture' }

function Preview({ room, set }: SetProps) {
  const m = useMessages()
  const entries = useStore(room.store, (state) => state.entries)
  const value = useStore(room.store, (state) => state.augmentation)
  const pictures = useMemo(() => entries.slice(0, MOST_SHOWN), [entries])
  return (
    <>
      <p className="muted">{m.dataSets.augmentationHint}</p>
      <AugmentationPanel
        value={value}
        onChange={room.setAugmentation}
        pictures={pictures}
        {...(set.sideA === 'sketch' && { kinds: SKETCHES })}
      />
    </>
  )
}
