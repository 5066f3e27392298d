/** A square button with an icon, a name for everyone, and a tooltip with its shortcut. `pressed` makes it a toggle. */

import type { ButtonHTMLAttributes } from 'react'
import { Hint } from './Hint'
import { Icon, type IconName } from './Icon'

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'aria-pressed' | 'type'> {
  icon: IconName
  label: string
  keys?: readonly string[] | undefined
  more?: string | undefined
  pressed?: boolean | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** Text beside the icon; the name stays `label`. */
  text?: string | undefined
}

export function IconButton({ icon, label, keys, more, pressed, side, text, className = '', ...rest }: IconButtonProps) {
  return (
    <Hint text={label} keys={keys} more={more} side={side}>
      <button
        type="button"
        className={`icon-button ${text ? 'with-text' : ''} ${className}`}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...rest}
      >
        <Icon name={icon} />
        {text ? <span aria-hidden="true">{text}</span> : null}
      </button>
    </Hint>
  )
}
