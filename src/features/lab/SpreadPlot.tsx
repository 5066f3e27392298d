/** One figure of the spreads over the layers, a line a model; drawn by uPlot on a canvas. The table beneath has the same in numbers. */

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useMessages } from '../ui/i18n/I18n'
import { useColours } from '../ui/useColours'
import { percentText } from './numbers'

const HEIGHT_PX = 150
const DASH = [7, 5]

export interface SpreadLine {
  readonly name: string
  /** By layer, as shares; `null` where there are too few. */
  readonly values: readonly (number | null)[]
}

/** @param lines one or two; the second is dashed */
export function SpreadPlot({ title, lines }: { title: string; lines: readonly SpreadLine[] }) {
  const m = useMessages()
  const place = useRef<HTMLDivElement>(null)
  const { line, text, grid } = useColours()
  useEffect(() => {
    const element = place.current
    if (!element) return
    const layers = lines[0]?.values.map((_, layer) => layer) ?? []
    const percents = lines.map(({ values }) => values.map((value) => (value === null ? null : 100 * value)))
    const made = new uPlot(optionsOf({ line, text, grid }, element.clientWidth, lines.length), [layers, ...percents], element)
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT_PX }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [lines, line, text, grid])
  const words = lines.map(({ name, values }) => m.lab.plotLine(name, values.map(percentText).join(', '))).join(' ')
  return (
    <figure className="lab-spread-plot">
      <figcaption>
        <b>{title}</b>
        {lines.map(({ name }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: both sides may show one model
          <span key={i}>
            <svg viewBox="0 0 26 6" width="26" height="6" aria-hidden="true">
              <path d="M0 3H26" strokeDasharray={i === 0 ? undefined : DASH.join(' ')} />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      <div ref={place} role="img" aria-label={`${title}. ${words}`} />
    </figure>
  )
}

interface PlotColours {
  readonly line: string
  readonly text: string
  readonly grid: string
}

function optionsOf({ line, text, grid }: PlotColours, width: number, count: number): uPlot.Options {
  const axis = { stroke: text, font: '11px system-ui, sans-serif', grid: { stroke: grid, width: 1 }, ticks: { show: false } }
  const series = Array.from(
    { length: count },
    (_, i): uPlot.Series => ({
      ...{ stroke: line, width: 2, points: { show: true, size: 6, fill: line } },
      ...(i === 0 ? {} : { dash: DASH }),
    }),
  )
  return {
    ...{ width, height: HEIGHT_PX, padding: [8, 12, 0, 0], legend: { show: false }, cursor: { show: false } },
    scales: {
      x: { time: false, range: (_, least, most) => [least - 0.15, most + 0.15] },
      y: { range: (_, _least, most) => [0, 1.1 * most || 1] },
    },
    axes: [
      {
        ...{ ...axis, size: 22, gap: 3, grid: { show: false } },
        splits: (plot) => [...(plot.data[0] as number[])],
        values: (_, splits) => splits.map((layer) => `L${layer}`),
      },
      { ...axis, size: 44, gap: 4, space: 34, values: (_, splits) => splits.map((value) => `${value} %`) },
    ],
    series: [{}, ...series],
  }
}
