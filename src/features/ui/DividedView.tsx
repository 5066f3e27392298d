/** Two pictures in one square, with a dividing line that can be dragged or moved by keys. */

import { type ReactNode, useState } from 'react'
import type { EncodedPicture } from '../../storage/photoTypes'
import { useMessages } from './i18n/I18n'
import { usePictureUrl } from './usePictureUrl'

interface DividedViewProps {
  /** At the start of the line, over the other. */
  readonly before: EncodedPicture
  /** The other, as an element that says what it is. */
  readonly after: ReactNode
  readonly names: { readonly before: string; readonly after: string; readonly divider: string }
  /** Where the line is at first, in percent. */
  readonly from: number
}

export function DividedView({ before, after, names, from }: DividedViewProps) {
  const m = useMessages()
  const address = usePictureUrl(before)
  const [divide, setDivide] = useState(from)
  return (
    <div className="compare-view">
      {after}
      {address ? <img src={address} alt="" draggable={false} style={{ clipPath: `inset(0 ${100 - divide}% 0 0)` }} /> : null}
      <span className="compare-line" aria-hidden="true" style={{ insetInlineStart: `${divide}%` }} />
      <span className="compare-label" data-side="start" aria-hidden="true" hidden={divide < 18}>
        {names.before}
      </span>
      <span className="compare-label" data-side="end" aria-hidden="true" hidden={divide > 82}>
        {names.after}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={divide}
        aria-label={names.divider}
        aria-valuetext={m.percent(divide)}
        onChange={(event) => setDivide(Number(event.target.value))}
      />
    </div>
  )
}
