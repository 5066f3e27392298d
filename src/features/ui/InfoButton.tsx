/** A small button behind which the exact figures stand. */

import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './Icon'
import { usePortalContainer } from './portal'

export function InfoButton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button info-button" aria-label={label}>
        <Icon name="info" size={16} />
      </Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Content className="popover info-popover" aria-label={label} side="top" sideOffset={4} collisionPadding={8}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
