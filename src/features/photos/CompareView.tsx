/** Photo and result in one square, with a dividing line that can be dragged or moved by keys. */

import { useEffect, useRef, useState } from 'react'
import type { EncodedPicture } from '../../storage/photoTypes'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import { paintOver } from './pictures'
import type { PaintedFace } from './roomTypes'
import { useBitmap } from './usePictures'

interface CompareViewProps {
  readonly crop: EncodedPicture
  readonly painted: PaintedFace
  readonly label: string
}

export function CompareView({ crop, painted, label }: CompareViewProps) {
  const m = useMessages()
  const canvas = useRef<HTMLCanvasElement>(null)
  const photo = useBitmap(crop)
  const address = usePictureUrl(crop)
  const [divide, setDivide] = useState(30)
  useEffect(() => {
    if (canvas.current && photo) paintOver(canvas.current, photo, painted)
  }, [photo, painted])
  return (
    <div className="compare-view">
      <canvas ref={canvas} role="img" aria-label={label} data-model={painted.modelId} />
      {address ? <img src={address} alt="" draggable={false} style={{ clipPath: `inset(0 ${100 - divide}% 0 0)` }} /> : null}
      <span className="compare-line" aria-hidden="true" style={{ insetInlineStart: `${divide}%` }} />
      <span className="compare-label" data-side="start" aria-hidden="true" hidden={divide < 18}>
        {m.photos.before}
      </span>
      <span className="compare-label" data-side="end" aria-hidden="true" hidden={divide > 82}>
        {m.photos.after}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={divide}
        aria-label={m.photos.divider}
        aria-valuetext={m.percent(divide)}
        onChange={(event) => setDivide(Number(event.target.value))}
      />
    </div>
  )
}
