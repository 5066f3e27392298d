/** A photo and what was made of it. */

import { useEffect, useRef } from 'react'
import type { EncodedPicture } from '../../storage/photoTypes'
import { DividedView } from '../ui/DividedView'
import { useMessages } from '../ui/i18n/I18n'
import { paintOver } from './pictures'
import type { PaintedFace } from './roomTypes'
import { useBitmap } from './usePictures'

interface CompareViewProps {
  readonly crop: EncodedPicture
  readonly painted: PaintedFace
  readonly label: string
}

export function CompareView({ crop, painted, label }: CompareViewProps) {
  const { photos } = useMessages()
  const canvas = useRef<HTMLCanvasElement>(null)
  const photo = useBitmap(crop)
  useEffect(() => {
    if (canvas.current && photo) paintOver(canvas.current, photo, painted)
  }, [photo, painted])
  return (
    <DividedView
      before={crop}
      after={<canvas ref={canvas} role="img" aria-label={label} data-model={painted.modelId} />}
      names={{ before: photos.before, after: photos.after, divider: photos.divider }}
      from={30}
    />
  )
}
