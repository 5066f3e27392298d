/** A small chart for every loss, each on its own scale, and one for the held-out figure. They follow a run a little more than once a second. */

import { useEffect, useState } from 'react'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { LossChart } from './LossChart'
import type { RunProps } from './props'
import { useWords } from './words'
import 'uplot/dist/uPlot.min.css'

const EVERY_MS = 700

export function LossCharts({ room, run }: RunProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { number, lossName } = useWords()
  const history = room.historyOf(run.runId)
  useVersion(() => room.historyOf(run.runId).version)
  const { steps } = history
  const figures = run.figures
  const words = (name: string, values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null)
    const [first, last] = [known[0], known.at(-1)]
    const now = last === undefined ? '–' : number(last)
    return { name, now, label: m.training.chart(name, now, first === undefined ? '–' : number(first)) }
  }
  return (
    <section className="training-charts" aria-label={m.training.charts}>
      <h4>{m.training.charts}</h4>
      <p className="muted">{steps.length > 0 ? m.training.chartsHint : m.training.noCharts}</p>
      <div className="training-chart-grid">
        {figures.length > 1 ? (
          <LossChart
            {...words(
              m.training.heldOut,
              figures.map(({ l1 }) => l1),
            )}
            steps={figures.map(({ step }) => step)}
            values={figures.map(({ l1 }) => l1)}
            isExact
            locale={tag}
          />
        ) : null}
        {history.names.map((id) => (
          <LossChart key={id} {...words(lossName(id), history.of(id))} steps={[...steps]} values={[...history.of(id)]} locale={tag} />
        ))}
      </div>
    </section>
  )
}

/** Looks now and then whether something is another, so that a run of many steps a second paints no oftener than that. */
function useVersion(read: () => number): void {
  const [, setSeen] = useState(read)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setSeen(read())
    }, EVERY_MS)
    return () => clearInterval(timer)
  })
}
