/** A tooltip: what a control does, and its shortcut. It repeats the accessible name, so it is for eyes only. */

import { Tooltip } from 'radix-ui'
import type { FocusEvent, ReactNode } from 'react'
import { usePortalContainer } from './portal'

interface HintProps {
  text: string
  /** Keys, shown one box each. */
  keys?: readonly string[] | undefined
  /** A second line. */
  more?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  children: ReactNode
}

/** A dialog that closes gives the focus back to its button: no reason for a tooltip, unless someone moves with the keyboard. */
function onlyForKeyboards(event: FocusEvent<HTMLElement>): void {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}

export function Hint({ text, keys = [], more, side = 'bottom', children }: HintProps) {
  const container = usePortalContainer()
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild onFocus={onlyForKeyboards}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal container={container}>
        <Tooltip.Content className="hint" side={side} sideOffset={6} collisionPadding={8} aria-label={more ?? text}>
          <span className="hint-line">
            {text}
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
          {more ? <span className="hint-more">{more}</span> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
