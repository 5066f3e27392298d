/** Curves drawn by uPlot on a canvas, as wide as their place; for those who do not see it, `label` says what it shows. */

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type Colours, useColours } from './useColours'

/** What differs between plots; how they look is the same everywhere. */
export interface PlotKind {
  readonly heightPx: number
  readonly rightPx: number
  readonly scales: uPlot.Scales
  /** Across, then up. */
  readonly axes: readonly [uPlot.Axis, uPlot.Axis]
  /** Without the one across. */
  readonly series: (line: string) => readonly uPlot.Series[]
}

interface PlotProps {
  readonly label: string
  /** The same object until the plot is to be another. */
  readonly kind: PlotKind
  readonly data: uPlot.AlignedData
}

export function Plot({ label, kind, data }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const colours = useColours()
  useEffect(() => {
    const element = place.current
    if (!element) return
    const options = optionsOf(kind, colours, element.clientWidth)
    const made = new uPlot(options, [[], ...options.series.slice(1).map(() => [])], element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: kind.heightPx }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [kind, colours])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind, or other colours, make a new, empty plot
  useEffect(() => plot.current?.setData(data), [data, kind, colours])
  return <div ref={place} role="img" aria-label={label} />
}

function optionsOf({ heightPx, rightPx, scales, axes, series }: PlotKind, { line, text, grid }: Colours, width: number): uPlot.Options {
  const axis = { stroke: text, font: '11px system-ui, sans-serif', grid: { stroke: grid, width: 1 }, ticks: { show: false } }
  const [across, up] = axes
  return {
    ...{ width, height: heightPx, padding: [8, rightPx, 0, 0], legend: { show: false }, cursor: { show: false } },
    scales,
    axes: [
      { ...axis, size: 22, gap: 3, grid: { show: false }, ...across },
      { ...axis, size: 44, gap: 4, space: 34, ...up },
    ],
    series: [{}, ...series(line)],
  }
}
