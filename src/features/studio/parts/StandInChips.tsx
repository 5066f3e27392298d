/** Over the lower edge of the page: which parts of the mean face stand in for what is not drawn, each to be left out by a click and brought back. */

import { Popover } from 'radix-ui'
import type { MeanFacePart } from '../../../faces/parts'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { usePortalContainer } from '../../ui/portal'
import { useStudio } from '../studioContext'
import { type StandInState, useStandIns } from './useStandIns'

/** Narrower pages have the chips in a popover; a finger's chips are wider. */
const WIDE_PX = { fine: 560, coarse: 760 }

export function StandInChips({ pagePx }: { pagePx: number }) {
  const m = useMessages()
  const state = useStandIns()
  const container = usePortalContainer()
  if (state.parts.length === 0) return null
  const isCoarse = window.matchMedia('(pointer: coarse)').matches
  if (pagePx >= (isCoarse ? WIDE_PX.coarse : WIDE_PX.fine)) {
    return (
      <fieldset className="stand-ins stand-in-row" aria-label={m.standIns.title}>
        <span className="stand-in-label" title={m.standIns.title}>
          <Icon name="meanFace" size={18} />
        </span>
        <Chips state={state} />
      </fieldset>
    )
  }
  const standing = state.parts.filter(({ isLeftOut }) => !isLeftOut).length
  return (
    <div className="stand-ins">
      <Popover.Root>
        <Popover.Trigger className="stand-in">{m.standIns.count(standing)}</Popover.Trigger>
        <Popover.Portal container={container}>
          <Popover.Content
            className="popover stand-in-popover"
            aria-label={m.standIns.title}
            side="top"
            sideOffset={6}
            collisionPadding={8}
          >
            <p className="muted">{m.standIns.title}</p>
            <div className="stand-in-row">
              <Chips state={state} />
            </div>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  )
}

function Chips({ state: { parts, leftOut } }: { state: StandInState }) {
  const m = useMessages()
  const { editor } = useStudio()
  const toggle = (part: MeanFacePart, isLeftOut: boolean): void => {
    editor.commands.leaveOut(isLeftOut ? leftOut.filter((other) => other !== part) : [...leftOut, part])
  }
  return (
    <>
      {parts.map(({ part, isLeftOut }) => (
        <button
          key={part}
          type="button"
          className="stand-in"
          aria-pressed={!isLeftOut}
          title={isLeftOut ? m.standIns.bringBack(m.parts[part]) : m.standIns.leaveOut(m.parts[part])}
          onClick={() => toggle(part, isLeftOut)}
        >
          {m.parts[part]}
          <Icon name={isLeftOut ? 'plus' : 'close'} size={12} />
        </button>
      ))}
    </>
  )
}
