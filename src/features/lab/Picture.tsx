/** A square of pixels with a name, as large as its place. */

import { type ReactNode, useEffect, useRef } from 'react'
import type { Drawing } from '../../lab/drawingSet'
import { SKETCH_SIZE_PX } from '../../shared/units'

interface PictureProps {
  /** RGBA `[px · px · 4]`. */
  readonly image: Uint8ClampedArray<ArrayBuffer>
  readonly px: number
  readonly name: string
  /** Laid over it. */
  readonly drawing?: Drawing | undefined
  /** A face rather than a map whose places are told apart. */
  readonly isSmooth?: boolean
}

export function Picture({ image, px, name, drawing, isSmooth = false }: PictureProps): ReactNode {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    ref.current?.getContext('2d')?.putImageData(new ImageData(image, px, px), 0, 0)
  }, [image, px])
  return (
    <span className="lab-picture">
      <canvas ref={ref} width={px} height={px} role="img" aria-label={name} data-smooth={isSmooth ? '' : undefined} />
      {drawing ? <Lines drawing={drawing} /> : null}
    </span>
  )
}

function Lines({ drawing }: { drawing: Drawing }) {
  return (
    <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} aria-hidden="true">
      {drawing.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
        <polyline key={i} points={line.join(' ')} />
      ))}
    </svg>
  )
}
