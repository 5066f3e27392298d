/** A square button with an icon, a name for everyone, and a tooltip with its shortcut. `pressed` makes it a toggle. */

import type { ComponentPropsWithRef } from 'react'
import { Hint } from './Hint'
import { Icon, type IconName } from './Icon'

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'aria-label' | 'aria-pressed' | 'type'> {
  icon: IconName
  label: string
  keys?: readonly string[] | undefined
  more?: string | undefined
  pressed?: boolean | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
}

export function IconButton({ icon, label, keys, more, pressed, side, className = '', ...rest }: IconButtonProps) {
  return (
    <Hint text={label} keys={keys} more={more} side={side}>
      <button
        type="button"
        className={`icon-button ${className}`}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...rest}
      >
        <Icon name={icon} />
      </button>
    </Hint>
  )
}
