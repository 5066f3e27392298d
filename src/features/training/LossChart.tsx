/** One curve over the steps of a run: as it was measured, faint, and smoothed. Its words say the same. */

import { useMemo } from 'react'
import { Plot, type PlotKind } from '../ui/Plot'
import { smoothed } from './lossHistory'

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
  const kind = useMemo(() => kindOf(isExact, locale), [isExact, locale])
  const data = useMemo((): [number[], (number | null)[], (number | null)[]] => {
    const smooth = isExact ? values : smoothed(values, SMOOTHED_OVER)
    return [[...steps], isExact ? values.map(() => null) : [...values], [...smooth]]
  }, [steps, values, isExact])
  return (
    <figure className="training-chart">
      <figcaption>
        <span>{name}</span>
        <span className="number">{now}</span>
      </figcaption>
      <Plot label={label} kind={kind} data={data} />
    </figure>
  )
}

function kindOf(isExact: boolean, locale: string): PlotKind {
  const compact = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, notation: 'compact' })
  const values = (_: unknown, splits: number[]): string[] => splits.map((value) => compact.format(value))
  return {
    heightPx: 118,
    rightPx: 8,
    scales: { x: { time: false } },
    axes: [{ space: 60, values }, { values }],
    series: (line) => [
      { stroke: line, width: 1, alpha: 0.3, points: { show: false } },
      { stroke: line, width: 2, points: { show: isExact, size: 5, fill: line } },
    ],
  }
}
