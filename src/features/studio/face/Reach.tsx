/** How far an edit reaches: plain, held, locked; and the two figures of what has changed. */

import { useStore } from 'zustand'
import { Hint } from '../../ui/Hint'
import { Icon, type IconName } from '../../ui/Icon'
import { InfoButton } from '../../ui/InfoButton'
import { useMessages } from '../../ui/i18n/I18n'
import { COMMANDS } from '../commands'
import type { Command } from '../commandTypes'
import { useStudio } from '../studioContext'
import { useKeys } from '../useKeys'
import { changeWord } from './plainWords'

interface ReachButtonsProps {
  /** Icons only, for narrow screens. */
  compact?: boolean
}

/** "Lock outside" includes holding, so both show as pressed then. */
export function ReachButtons({ compact = false }: ReachButtonsProps) {
  const m = useMessages()
  const { faceLoop, commandContext } = useStudio()
  const mode = useStore(faceLoop.store, (state) => state.locality)
  const plain: Button = {
    icon: 'plain',
    label: m.face.plain,
    more: m.face.plainHint,
    pressed: mode === 'plain',
    press: () => faceLoop.setLocality('plain'),
  }
  const hold: Button = {
    icon: 'hold',
    label: m.face.hold,
    more: m.face.holdHint,
    pressed: mode !== 'plain',
    command: COMMANDS.hold,
    press: () => COMMANDS.hold.perform(commandContext),
  }
  const lock: Button = {
    icon: 'lock',
    label: m.face.lock,
    more: m.face.lockHint,
    pressed: mode === 'lock',
    command: COMMANDS.lock,
    press: () => COMMANDS.lock.perform(commandContext),
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: toggle buttons, not form fields
    <div className="reach-buttons" role="group" aria-label={m.face.locality} data-compact={compact ? '' : undefined}>
      {(compact ? [hold, lock] : [plain, hold, lock]).map((button) => (
        <ReachButton key={button.icon} {...button} compact={compact} />
      ))}
    </div>
  )
}

interface Button {
  icon: IconName
  label: string
  more: string
  pressed: boolean
  command?: Command
  press: () => void
}

function ReachButton({ icon, label, more, pressed, command, press, compact }: Button & { compact: boolean }) {
  const keys = useKeys()
  return (
    <Hint text={label} more={more} keys={command ? keys(command) : []} side={compact ? 'left' : 'top'}>
      <button type="button" className={compact ? 'icon-button' : 'reach-button'} aria-label={label} aria-pressed={pressed} onClick={press}>
        <Icon name={icon} size={compact ? 20 : 16} />
        {compact ? null : <span aria-hidden="true">{label}</span>}
      </button>
    </Hint>
  )
}

/** How much an edit changed inside its region and outside, in words; the means behind them are in 1/255. */
export function ChangeFigures() {
  const m = useMessages()
  const { faceLoop } = useStudio()
  const change = useStore(faceLoop.store, (state) => state.shown?.change ?? null)
  const word = (mean: number | undefined): string => (mean === undefined ? '–' : m.plain.changes[changeWord(mean)])
  const figures = change ? m.face.changeFigures(writeChange(change.meanInside), writeChange(change.meanOutside)) : null
  return (
    <div className="change">
      <output aria-label={figures ?? m.face.heat} data-inside={change?.meanInside} data-outside={change?.meanOutside}>
        <span className="change-title">{m.face.heat}</span>
        <span className="change-figure">
          {m.face.inside} <b>{word(change?.meanInside)}</b>
        </span>
        <span className="change-figure">
          {m.face.outside} <b>{word(change?.meanOutside)}</b>
        </span>
      </output>
      <InfoButton label={m.plain.changeInfo}>
        <p>{figures ?? m.plain.noChangeYet}</p>
        <p className="muted">{m.plain.unit}</p>
      </InfoButton>
    </div>
  )
}

/** Exactly nothing is 0; a trace is not. */
export function writeChange(value: number): string {
  if (value === 0) return '0'
  if (value < 0.01) return '< 0.01'
  return value < 10 ? value.toFixed(2) : value.toFixed(1)
}
