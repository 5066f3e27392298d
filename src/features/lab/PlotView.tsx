/** One model's plot: a dot a drawing, the shown one ringed. Pointing at a dot shows its drawing, a lasso makes a group of many; by keyboard the buttons beside the drawing do either. */

import { type PointerEvent, useMemo } from 'react'
import { useStore } from 'zustand'
import { distinctVectors } from '../../lab/vectors'
import { useMessages } from '../ui/i18n/I18n'
import { takingPart, whereIs } from './groups'
import { plotCaption } from './plotCaption'
import type { LabRoom } from './room'
import type { Side } from './roomTypes'
import { dotAt, dotsWithin, SCENE, sceneOf } from './scene'
import { placeIn, usePointerWay } from './usePointerWay'

interface PlotViewProps {
  readonly room: LabRoom
  readonly side: Side
  /** A pointer that is down draws a lasso, rather than pointing at drawings. */
  readonly isLasso: boolean
}

export function PlotView({ room, side, isLasso }: PlotViewProps) {
  const m = useMessages()
  const plot = useStore(room.store, (state) => state.plots[side])
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const vectors = useStore(room.store, (state) => state.features[state.sides[side] ?? '']?.layers[state.layer])
  const dots = useMemo(
    () => (plot ? sceneOf(plot.projection.places, plot.drawings, (drawing) => whereIs(groups, drawing).group) : []),
    [plot, groups],
  )
  const drawings = plot?.drawings
  const different = useMemo(
    () => (drawings && vectors ? distinctVectors(drawings.flatMap((drawing) => vectors[drawing] ?? [])).vectors.length : 0),
    [drawings, vectors],
  )
  const ring = dots.find(({ drawing }) => drawing === chosen)
  const lasso = usePointerWay(SCENE, (way) => room.lasso(dotsWithin(dots, way)))
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const near = dotAt(dots, ...placeIn(event, SCENE))
    if (near) room.choose(near.drawing)
  }
  const method = useStore(room.store, (state) => state.method)
  const isNothingTakingPart = useStore(room.store, (state) => state.isLoaded && takingPart(state).length === 0)
  const { variance = null, fraction = 1 } = plot?.projection ?? {}
  const caption = isNothingTakingPart
    ? m.lab.noGroup
    : plot
      ? plotCaption(m, { different, drawings: plot.drawings.length, method, variance })
      : m.lab.nothingYet
  return (
    <figure className="lab-plot">
      <svg
        viewBox={`0 0 ${SCENE} ${SCENE}`}
        role="img"
        aria-label={caption}
        data-fraction={plot ? fraction : undefined}
        data-lasso={isLasso ? '' : undefined}
        {...(isLasso ? lasso.handlers : { onPointerMove: point, onPointerDown: point })}
      >
        {dots.map(({ drawing, x, y, shape, colour }) => (
          <path key={drawing} d={shape} transform={`translate(${x} ${y})`} fill={colour} fillOpacity={0.8} />
        ))}
        {lasso.way.length > 0 ? <polygon className="lab-lasso" points={lasso.way.join(' ')} /> : null}
        {ring ? <circle className="lab-ring" cx={ring.x} cy={ring.y} r={2.6} /> : null}
      </svg>
      <figcaption className="muted">{caption}</figcaption>
    </figure>
  )
}
