/** The generated face on a canvas, with what lies over it: the previous face, the heat map, and what to wait for. */

import { type RefObject, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import type { FacePicture, HeatMap } from './faceTypes'
import { heatImage } from './heatColours'

interface FaceViewProps {
  /** Accessible name: the panel's canvas and the enlarged one differ. */
  label: string
  /** Share of the width, from the left, that shows the previous face; 0 shows none. */
  divide: number
  heat: boolean
  /** The one canvas that automation reads. */
  isMain: boolean
}

export function FaceView({ label, divide, heat, isMain }: FaceViewProps) {
  const { faceLoop } = useStudio()
  const shown = useStore(faceLoop.store, (state) => state.shown)
  const [held, setHeld] = useState(false)
  const hasPrevious = useStore(faceLoop.store, (state) => state.hasPrevious)
  const canvas = useRef<HTMLCanvasElement>(null)
  const before = useRef<HTMLCanvasElement>(null)
  const map = useRef<HTMLCanvasElement>(null)
  const fading = useRef<HTMLCanvasElement>(null)
  const sequence = shown?.sequence
  const quality = shown?.quality
  const paintedQuality = useRef(quality)
  const part = held ? 1 : divide
  const showsBefore = part > 0 && hasPrevious

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence means new pictures
  useEffect(() => {
    if (quality === 'fine' && paintedQuality.current === 'live') fadeOut(fading.current, canvas.current)
    else if (quality === 'live') stopFading(fading.current)
    paintedQuality.current = quality
    paint(canvas, faceLoop.current())
    if (showsBefore) paint(before, faceLoop.previous())
  }, [faceLoop, sequence, showsBefore])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence means a new map
  useEffect(() => {
    if (heat) paintHeat(map.current, faceLoop.heat())
  }, [faceLoop, sequence, heat])

  return (
    <div
      className="face-view"
      onPointerDown={(event) => {
        if (event.button === 0 && hasPrevious) setHeld(true)
      }}
      onPointerUp={() => setHeld(false)}
      onPointerLeave={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
    >
      <canvas
        ref={canvas}
        className="face-canvas"
        role="img"
        aria-label={label}
        {...(isMain && shown
          ? {
              'data-revision': shown.revision,
              'data-elapsed-ms': Math.round(shown.elapsedMs),
              'data-sequence': shown.sequence,
              'data-quality': shown.quality,
            }
          : {})}
      />
      <div aria-hidden="true">
        <canvas ref={fading} className="face-canvas face-fading" />
        <canvas
          ref={before}
          className="face-canvas face-before"
          hidden={!showsBefore}
          style={{ clipPath: `inset(0 ${(1 - part) * 100}% 0 0)` }}
        />
        <canvas ref={map} className="face-canvas face-heat" hidden={!heat} />
      </div>
      {showsBefore && part < 1 ? <span className="face-divider" aria-hidden="true" style={{ insetInlineStart: `${part * 100}%` }} /> : null}
      {showsBefore ? <DividerLabels whole={part >= 1} /> : null}
    </div>
  )
}

const FADE_MS = 240

/** The live face goes while the finer one is there already: a copy on top fades away. */
function fadeOut(copy: HTMLCanvasElement | null, face: HTMLCanvasElement | null): void {
  if (!copy || !face || face.width === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  copy.width = face.width
  copy.height = face.height
  copy.getContext('2d')?.drawImage(face, 0, 0)
  stopFading(copy)
  copy.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, easing: 'ease-out' })
}

function stopFading(copy: HTMLCanvasElement | null): void {
  for (const animation of copy?.getAnimations() ?? []) animation.cancel()
}

function DividerLabels({ whole }: { whole: boolean }) {
  const m = useMessages()
  return (
    <>
      <span className="face-tag face-tag-left" aria-hidden="true">
        {m.face.previous}
      </span>
      {whole ? null : (
        <span className="face-tag face-tag-right" aria-hidden="true">
          {m.face.current}
        </span>
      )}
    </>
  )
}

function paint(ref: RefObject<HTMLCanvasElement | null>, picture: FacePicture | null): void {
  const canvas = ref.current
  if (!canvas || !picture) return
  if (canvas.width !== picture.sizePx) {
    canvas.width = picture.sizePx
    canvas.height = picture.sizePx
  }
  canvas.getContext('2d')?.putImageData(new ImageData(picture.pixels, picture.sizePx, picture.sizePx), 0, 0)
}

function paintHeat(canvas: HTMLCanvasElement | null, heat: HeatMap | null): void {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return
  if (!heat) {
    context.clearRect(0, 0, canvas.width, canvas.height)
    return
  }
  canvas.width = heat.sizePx
  canvas.height = heat.sizePx
  context.putImageData(new ImageData(heatImage(heat.values), heat.sizePx, heat.sizePx), 0, 0)
}
