/** The drawing as it was made, from the log: at its own pace or faster, and to any moment by hand. */

import { useEffect, useMemo, useState } from 'react'
import { type DrawingStep, drawingSteps } from '../../cases/drawingLog'
import { SelectField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import type { OpenView } from './deskTypes'
import { SketchDrawing } from './SketchDrawing'
import { exactTime } from './when'

const SPEEDS = { one: 1, ten: 10, hundred: 100 } as const
type Speed = keyof typeof SPEEDS
/** A pause longer than this is not waited through. */
const LONGEST_PAUSE_MS = 5_000

export function Replay({ desk, open }: CasePart) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { sketches } = open.state
  // A log grows while it is looked at; the film is of what was there.
  const steps = useMemo(() => sketches.flatMap((sketch) => drawingSteps(open.entries, sketch)), [open.entries, sketches])
  const [place, setPlace] = useState(steps.length)
  const [speed, setSpeed] = useState<Speed>('ten')
  const [isPlaying, setPlaying] = useState(false)
  const at = Math.min(place, steps.length)
  useEffect(() => {
    if (!isPlaying) return
    if (at >= steps.length) {
      setPlaying(false)
      return
    }
    const timer = setTimeout(() => setPlace(at + 1), pauseBefore(steps, at) / SPEEDS[speed])
    return () => clearTimeout(timer)
  }, [isPlaying, at, steps, speed])
  const shown = steps[at - 1]
  return (
    <section aria-label={m.cases.log.replay}>
      <h4>{m.cases.log.replay}</h4>
      {steps.length === 0 ? (
        <p className="muted">{m.cases.log.noDrawing}</p>
      ) : (
        <>
          <SketchDrawing document={shown?.document ?? { strokes: [] }} label={m.cases.log.replayHint} />
          <div className="case-inline">
            <button
              type="button"
              className="button"
              onClick={() => {
                if (!isPlaying && at >= steps.length) setPlace(0)
                setPlaying(!isPlaying)
              }}
            >
              <Icon name={isPlaying ? 'minus' : 'next'} size={16} />
              <span>{isPlaying ? m.cases.log.pause : m.cases.log.play}</span>
            </button>
            <SelectField
              label={m.cases.log.speed}
              value={speed}
              choices={(Object.keys(SPEEDS) as Speed[]).map((value) => ({ value, label: m.cases.log.speeds[value] }))}
              onChange={setSpeed}
            />
          </div>
          <input
            type="range"
            className="case-range"
            aria-label={m.cases.log.replay}
            min={0}
            max={steps.length}
            value={at}
            onChange={(event) => {
              setPlaying(false)
              setPlace(Number(event.target.value))
            }}
          />
          <div className="case-inline">
            <button type="button" className="button" onClick={() => void saveFilm(desk, open, steps)}>
              <Icon name="download" size={16} />
              <span>{m.cases.log.film}</span>
            </button>
          </div>
          <p className="muted">{shown ? m.cases.log.replayAt(exactTime(shown.at, tag), at, steps.length) : m.cases.log.replayHint}</p>
        </>
      )}
    </section>
  )
}

/** With the look of the newest version; without one, of the page. */
async function saveFilm(desk: CasePart['desk'], { state }: OpenView, steps: readonly DrawingStep[]): Promise<void> {
  const newest = state.versions.at(-1)
  const kept = newest ? await desk.drawingOf(newest).catch(() => null) : null
  desk.port.film(
    steps.map(({ document }) => document),
    `case-${state.fields.number}`,
    kept,
  )
}

/** The time that passed before step `at` (from 0), in milliseconds. */
function pauseBefore(steps: readonly DrawingStep[], at: number): number {
  const [before, next] = [steps[at - 1], steps[at]]
  return before && next ? Math.max(0, Math.min(LONGEST_PAUSE_MS, Date.parse(next.at) - Date.parse(before.at))) : 500
}
