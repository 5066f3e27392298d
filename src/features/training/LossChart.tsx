/** One curve over the steps of a run: as it was measured, faint, and smoothed. Drawn by uPlot on a canvas; its words say the same. */

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useColours } from '../ui/useColours'
import { smoothed } from './lossHistory'

const HEIGHT_PX = 118
/** Over about so many places. */
const SMOOTHED_OVER = 25

interface LossChartProps {
  readonly name: string
  /** The latest value, in words. */
  readonly now: string
  /** What the picture shows, in words. */
  readonly label: string
  readonly steps: readonly number[]
  readonly values: readonly (number | null)[]
  /** Few exact values, with a mark each, instead of many that jump about. */
  readonly isExact?: boolean
  readonly locale: string
}

export function LossChart({ name, now, label, steps, values, isExact = false, locale }: LossChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const colours = useColours()
  const { line, text, grid } = colours
  useEffect(() => {
    const element = place.current
    if (!element) return
    const made = new uPlot(optionsOf({ line, text, grid }, element.clientWidth, isExact, locale), [[], [], []], element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT_PX }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [line, text, grid, isExact, locale])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new colours make a new, empty plot
  useEffect(() => {
    const smooth = isExact ? values : smoothed(values, SMOOTHED_OVER)
    plot.current?.setData([[...steps], isExact ? values.map(() => null) : [...values], [...smooth]])
  }, [steps, values, isExact, line, text, grid, locale])
  return (
    <figure className="training-chart">
      <figcaption>
        <span>{name}</span>
        <span className="number">{now}</span>
      </figcaption>
      <div ref={place} role="img" aria-label={label} />
    </figure>
  )
}

interface PlotColours {
  readonly line: string
  readonly text: string
  readonly grid: string
}

function optionsOf({ line, text, grid }: PlotColours, width: number, isExact: boolean, locale: string): uPlot.Options {
  const axis = { stroke: text, font: '11px system-ui, sans-serif', grid: { stroke: grid, width: 1 }, ticks: { show: false } }
  const compact = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, notation: 'compact' })
  const write = (_: uPlot, splits: number[]): string[] => splits.map((value) => compact.format(value))
  return {
    ...{ width, height: HEIGHT_PX, padding: [8, 8, 0, 0], legend: { show: false }, cursor: { show: false } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 22, gap: 3, space: 60, grid: { show: false }, values: write },
      { ...axis, size: 44, gap: 4, space: 34, values: write },
    ],
    series: [
      {},
      { stroke: line, width: 1, alpha: 0.3, points: { show: false } },
      { stroke: line, width: 2, points: { show: isExact, size: 5, fill: line } },
    ],
  }
}
