/** The generated face on a canvas, with what lies over it: the previous face, the heat map, and what to wait for. */

import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { paintFace, paintHeat } from './paintFace'

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
  const hasPrevious = useStore(faceLoop.store, (state) => state.hasPrevious)
  const [held, setHeld] = useState(false)
  const part = held ? 1 : divide
  const showsBefore = part > 0 && hasPrevious
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
      <Canvases label={label} isMain={isMain} heat={heat} part={part} showsBefore={showsBefore} />
      {showsBefore && part < 1 ? <span className="face-divider" aria-hidden="true" style={{ insetInlineStart: `${part * 100}%` }} /> : null}
      {showsBefore ? <DividerLabels whole={part >= 1} /> : null}
    </div>
  )
}

interface CanvasesProps extends Pick<FaceViewProps, 'label' | 'isMain' | 'heat'> {
  part: number
  showsBefore: boolean
}

function Canvases({ label, isMain, heat, part, showsBefore }: CanvasesProps) {
  const { faceLoop } = useStudio()
  const shown = useStore(faceLoop.store, (state) => state.shown)
  const { canvas, before, map, fading } = usePaintedFaces({ heat, showsBefore })
  const seenByAutomation =
    isMain && shown
      ? {
          'data-revision': shown.revision,
          'data-elapsed-ms': Math.round(shown.elapsedMs),
          'data-sequence': shown.sequence,
          'data-quality': shown.quality,
        }
      : {}
  return (
    <>
      <canvas ref={canvas} className="face-canvas" role="img" aria-label={label} {...seenByAutomation} />
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
    </>
  )
}

/** Canvases that hold the newest pictures; where a finer face takes the live one's place, that fades away on a copy. */
function usePaintedFaces({ heat, showsBefore }: Pick<CanvasesProps, 'heat' | 'showsBefore'>) {
  const { faceLoop } = useStudio()
  const sequence = useStore(faceLoop.store, (state) => state.shown?.sequence)
  const quality = useStore(faceLoop.store, (state) => state.shown?.quality)
  const canvas = useRef<HTMLCanvasElement>(null)
  const before = useRef<HTMLCanvasElement>(null)
  const map = useRef<HTMLCanvasElement>(null)
  const fading = useRef<HTMLCanvasElement>(null)
  const paintedQuality = useRef(quality)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence means new pictures
  useEffect(() => {
    if (quality === 'fine' && paintedQuality.current === 'live') fadeOut(fading.current, canvas.current)
    else if (quality === 'live') stopFading(fading.current)
    paintedQuality.current = quality
    paintFace(canvas.current, faceLoop.current())
    if (showsBefore) paintFace(before.current, faceLoop.previous())
  }, [faceLoop, sequence, showsBefore])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence means a new map
  useEffect(() => {
    if (heat) paintHeat(map.current, faceLoop.heat())
  }, [faceLoop, sequence, heat])

  return { canvas, before, map, fading }
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
