/** The 68 points over the face. One stop for the keyboard: N and P choose a point, arrow keys move it. */

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { CONTOUR_LINES, type MeanFacePart } from '../../faces/parts'
import { useMessages } from './i18n/I18n'
import { movedPoint, nearestPoint } from './pointMoves'

/** The picture's side in the units of this drawing. */
const SIDE = 512
const STEP = 1 / SIDE
const LARGE_STEP = 8 / SIDE
/** A point is taken from this far, in CSS pixels: a fingertip. */
const REACH_PX = 22

const POINTS = Array.from({ length: 68 }, (_, i) => i)

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface PointEditorProps {
  /** Flat x, y in 0–1. */
  readonly landmarks: readonly number[]
  readonly hintId: string
  readonly onMove: (landmarks: readonly number[]) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
}

export function PointEditor({ landmarks, hintId, onMove, onUndo, onRedo }: PointEditorProps) {
  const m = useMessages()
  const [points, setPoints] = useState(landmarks)
  const [chosen, setChosen] = useState<number | null>(null)
  const dragged = useRef<number | null>(null)
  useEffect(() => setPoints(landmarks), [landmarks])

  const placeOf = (event: PointerEvent<SVGSVGElement>): { x: number; y: number; reach: number } => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height, reach: REACH_PX / box.width }
  }
  const onPointerDown = (event: PointerEvent<SVGSVGElement>): void => {
    const { x, y, reach } = placeOf(event)
    const nearest = nearestPoint(points, x, y, reach)
    if (nearest === null || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    dragged.current = nearest
    setChosen(nearest)
  }
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const index = dragged.current
    if (index === null) return
    const { x, y } = placeOf(event)
    setPoints((now) => movedPoint(now, index, x, y))
  }
  const drop = (keeps: boolean): void => {
    if (dragged.current === null) return
    dragged.current = null
    if (!keeps) setPoints(landmarks)
    else if (points.some((value, i) => value !== landmarks[i])) onMove(points)
  }
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>): void => {
    const key = event.key.toLowerCase()
    if ((event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y')) {
      event.preventDefault()
      if (key === 'y' || event.shiftKey) onRedo()
      else onUndo()
      return
    }
    if (key === 'n' || key === 'p') setChosen((now) => (now === null ? 0 : (now + (key === 'n' ? 1 : 67)) % 68))
    const [dx, dy] = DIRECTIONS[event.key] ?? [0, 0]
    if (dx === 0 && dy === 0) return
    event.preventDefault()
    const index = chosen ?? 0
    const step = event.shiftKey ? LARGE_STEP : STEP
    setChosen(index)
    onMove(movedPoint(points, index, (points[2 * index] ?? 0) + dx * step, (points[2 * index + 1] ?? 0) + dy * step))
  }
  return (
    <>
      <svg
        className="point-editor"
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="application"
        aria-label={m.photos.editor}
        aria-describedby={hintId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => drop(true)}
        onPointerCancel={() => drop(false)}
        onKeyDown={onKeyDown}
      >
        {CONTOUR_LINES.map(({ id, indices }) => (
          <polyline key={id} points={indices.map((i) => `${(points[2 * i] ?? 0) * SIDE},${(points[2 * i + 1] ?? 0) * SIDE}`).join(' ')} />
        ))}
        {POINTS.map((i) => (
          <circle
            key={i}
            cx={(points[2 * i] ?? 0) * SIDE}
            cy={(points[2 * i + 1] ?? 0) * SIDE}
            r={i === chosen ? 5.5 : 3}
            data-chosen={i === chosen ? '' : undefined}
          />
        ))}
      </svg>
      <p role="status" className="visually-hidden">
        {chosen === null ? '' : m.photos.pointAt(m.pointNames[partOfPoint(chosen)], chosen + 1)}
      </p>
    </>
  )
}

function partOfPoint(index: number): MeanFacePart {
  return CONTOUR_LINES.find(({ indices }) => indices.includes(index))?.part ?? 'jaw'
}
