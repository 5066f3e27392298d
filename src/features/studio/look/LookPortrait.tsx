/** A look as a tiny portrait: its skin, hair, beard and background. Only for eyes; the button has the name. */

import type { Look } from '../../../faces/look'
import { isRgb, toHex } from './lookValues'

/** Outlines in a square of 36 units: hair behind the head, and over the forehead. */
const HAIR = {
  short: {
    back: 'M9.5 16.5C9.5 9 12.5 5 18 5s8.5 4 8.5 11.5v1h-17z',
    front: 'M10.5 15c.8-4.6 3.8-6.4 7.5-6.4s6.7 1.8 7.5 6.4c0-6-2.7-9.2-7.5-9.2S10.5 9 10.5 15z',
  },
  bob: {
    back: 'M8.5 26V16C8.5 8.5 12 4.5 18 4.5s9.5 4 9.5 11.5v10z',
    front: 'M10.5 16c1.2-4.4 3.6-6.5 7.5-6.5s6.3 2.1 7.5 6.5c.4-6.4-2.4-10.2-7.5-10.2S10.1 9.6 10.5 16z',
  },
  long: {
    back: 'M8 36V16C8 8.5 12 4.5 18 4.5S28 8.5 28 16v20z',
    front: 'M10.5 16c1.2-4.4 3.6-6.5 7.5-6.5s6.3 2.1 7.5 6.5c.4-6.4-2.4-10.2-7.5-10.2S10.1 9.6 10.5 16z',
  },
  round: {
    back: 'M18 26.5c-8 0-13-4.5-13-11.5S10.5 2.5 18 2.5 31 8 31 15s-5 11.5-13 11.5z',
    front: 'M10.5 15.5c1.2-4 3.6-6 7.5-6s6.3 2 7.5 6c.4-6.4-2.4-9.7-7.5-9.7s-7.9 3.3-7.5 9.7z',
  },
  tied: {
    back: 'M18 8.5a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM9.8 15.5C9.8 9 12.8 5.2 18 5.2s8.2 3.8 8.2 10.3z',
    front: 'M10.5 15c1.2-3.8 3.6-5.6 7.5-5.6s6.3 1.8 7.5 5.6c0-5.6-2.7-9-7.5-9S10.5 9.4 10.5 15z',
  },
  sides: { back: 'M9.3 21v-5c0-1.4.6-2.5 1.5-3l1 8zM26.7 21v-5c0-1.4-.6-2.5-1.5-3l-1 8z', front: '' },
  none: { back: '', front: '' },
} as const

const STYLES: Readonly<Record<string, keyof typeof HAIR>> = {
  bald: 'none',
  horseshoe: 'sides',
  bangs: 'bob',
  medium: 'bob',
  bob: 'bob',
  tied: 'tied',
  long: 'long',
  longwavy: 'long',
  afro: 'round',
}

const BEARD = 'M11 20.500c.4 6.8 3 10.2 7 10.200s6.6-3.4 7-10.200c-1.2 2.2-2.6 3-4 2.7-1-.3-2-.4-3-.4s-2 .1-3 .4c-1.4.3-2.8-.5-4-2.700z'

/** Whether a look says enough to be drawn. */
export function canPortray(look: Look): boolean {
  return isRgb(look.skinColour) && isRgb(look.hairColour)
}

export function LookPortrait({ look }: { look: Look }) {
  const { skinColour, hairColour, background, hairStyle, beard } = look
  const skin = isRgb(skinColour) ? toHex(skinColour) : '#b0a090'
  const hair = isRgb(hairColour) ? toHex(hairColour) : '#605040'
  const shape = HAIR[STYLES[typeof hairStyle === 'string' ? hairStyle : ''] ?? 'short']
  return (
    <svg className="portrait" viewBox="0 0 36 36" width="36" height="36" aria-hidden="true" focusable="false">
      <rect width="36" height="36" fill={isRgb(background) ? toHex(background) : '#808488'} />
      <path d={shape.back} fill={hair} />
      <path d="M6 36c.6-4.4 4.6-6 8.5-6.800V25h7v4.200c3.9.8 7.9 2.4 8.5 6.800z" fill={skin} />
      <path d="M14.5 27.600c1 1.7 2.2 2.6 3.5 2.600s2.5-.9 3.5-2.600V25h-7z" fill="#000" opacity="0.16" />
      <path d="M18 30c-4.4 0-7.5-5-7.5-13.500C10.5 10.3 13.4 7 18 7s7.5 3.3 7.5 9.500C25.5 25 22.4 30 18 30z" fill={skin} />
      {typeof beard === 'string' && beard !== 'none' ? <path d={BEARD} fill={hair} opacity={beard === 'stubble' ? 0.35 : 0.9} /> : null}
      <path d={shape.front} fill={hair} />
    </svg>
  )
}
