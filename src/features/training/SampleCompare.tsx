/** Two pictures in one square, with a dividing line that can be dragged or moved by keys. */

import { useState } from 'react'
import type { EncodedPicture } from '../../storage/photoTypes'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'

interface SampleCompareProps {
  readonly before: EncodedPicture
  readonly now: EncodedPicture
  readonly label: string
}

export function SampleCompare({ before, now, label }: SampleCompareProps) {
  const m = useMessages()
  const [divide, setDivide] = useState(50)
  const [left, right] = [usePictureUrl(before), usePictureUrl(now)]
  return (
    <div className="compare-view">
      {right ? <img src={right} alt={label} draggable={false} /> : null}
      {left ? <img src={left} alt="" draggable={false} style={{ clipPath: `inset(0 ${100 - divide}% 0 0)` }} /> : null}
      <span className="compare-line" aria-hidden="true" style={{ insetInlineStart: `${divide}%` }} />
      <span className="compare-label" data-side="start" aria-hidden="true" hidden={divide < 18}>
        {m.training.before}
      </span>
      <span className="compare-label" data-side="end" aria-hidden="true" hidden={divide > 82}>
        {m.training.columns.fake_B}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={divide}
        aria-label={m.training.divider}
        aria-valuetext={m.percent(divide)}
        onChange={(event) => setDivide(Number(event.target.value))}
      />
    </div>
  )
}
