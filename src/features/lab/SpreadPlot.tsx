/** One figure of the spreads over the layers, a line a model. The table beneath has the same in numbers. */

import { useMemo } from 'react'
import { useMessages } from '../ui/i18n/I18n'
import { Plot, type PlotKind } from '../ui/Plot'
import { percentText } from './numbers'

const DASH = [7, 5]

export interface SpreadLine {
  readonly name: string
  /** By layer, as shares; `null` where there are too few. */
  readonly values: readonly (number | null)[]
}

/** @param lines one or two; the second is dashed */
export function SpreadPlot({ title, lines }: { title: string; lines: readonly SpreadLine[] }) {
  const m = useMessages()
  const kind = useMemo(() => kindOf(lines.length), [lines.length])
  const data = useMemo((): [number[], ...(number | null)[][]] => {
    const layers = lines[0]?.values.map((_, layer) => layer) ?? []
    return [layers, ...lines.map(({ values }) => values.map((value) => (value === null ? null : 100 * value)))]
  }, [lines])
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
      <Plot label={`${title}. ${words}`} kind={kind} data={data} />
    </figure>
  )
}

const kindOf = (count: number): PlotKind => ({
  heightPx: 150,
  rightPx: 12,
  scales: {
    x: { time: false, range: (_, least, most) => [least - 0.15, most + 0.15] },
    y: { range: (_, _least, most) => [0, 1.1 * most || 1] },
  },
  axes: [
    { splits: (plot) => [...(plot.data[0] as number[])], values: (_, splits) => splits.map((layer) => `L${layer}`) },
    { values: (_, splits) => splits.map((value) => `${value} %`) },
  ],
  series: (line) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ stroke: line, width: 2, points: { show: true, size: 6, fill: line } },
      ...(i === 0 ? {} : { dash: DASH }),
    })),
})
