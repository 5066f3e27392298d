/** The lesson's two charts: what a norm measures of each channel, and how far the faces change. */

import type { NormMeasures } from '../../workers/protocol'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { contestantsOf } from './editFaces'
import { faceChangeText } from './numbers'
import type { LabRoom } from './room'
import type { EditFace } from './roomTypes'

/** Of the drawing's square. */
const SIDE = 100
const EDGE = 6

interface NormBarsProps {
  readonly norm: { readonly before: NormMeasures; readonly after: NormMeasures }
  readonly name: string
}

/** The deviation of each channel before (grey) and after (orange), on one scale. */
export function NormBars({ norm: { before, after }, name }: NormBarsProps) {
  const m = useMessages()
  const most = Math.max(...before.deviation, ...after.deviation) || 1
  const pitch = (SIDE - 2 * EDGE) / before.deviation.length
  const bars = [before, after].flatMap(({ deviation }, kind) =>
    Array.from(deviation, (value, channel) => ({
      key: `${kind}-${channel}`,
      kind: kind === 0 ? 'before' : 'after',
      x: EDGE + pitch * (channel + 0.1 + 0.4 * kind),
      height: (value / most) * (SIDE - 4 * EDGE),
    })),
  )
  return (
    <svg className="lab-bars" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={name}>
      <Key x={EDGE} kind="before" text={m.lab.why.before} />
      <Key x={SIDE / 2} kind="after" text={m.lab.why.after} />
      {bars.map(({ key, kind, x, height }) => (
        <rect key={key} data-kind={kind} x={x} y={SIDE - EDGE - height} width={0.4 * pitch} height={height} />
      ))}
      <path d={`M${EDGE} ${SIDE - EDGE}H${SIDE - EDGE}`} />
    </svg>
  )
}

function Key({ x, kind, text }: { x: number; kind: string; text: string }) {
  return (
    <>
      <rect data-kind={kind} x={x} y={EDGE} width={4} height={4} />
      <text x={x + 6} y={EDGE + 3.8}>
        {text}
      </text>
    </>
  )
}

/** Outside the edit (orange) and inside (grey) for every model of the ablation, on one scale. */
export function ReachBars({ room, faces, name }: { room: LabRoom; faces: Readonly<Record<string, EditFace>>; name: string }) {
  const m = useMessages()
  const text = useLocalized()
  const shown = contestantsOf(room.port.models.list()).flatMap(({ key, model, isHeld }) => {
    const face = faces[key]
    return face ? [{ key, face, label: isHeld ? m.lab.heldModel(text(model.name)) : text(model.name) }] : []
  })
  const most = Math.max(...shown.flatMap(({ face }) => [face.meanInside, face.meanOutside])) || 1
  const pitch = (SIDE - 3 * EDGE) / Math.max(1, shown.length)
  const width = (value: number): number => (value / most) * (SIDE - 2 * EDGE - 14)
  return (
    <svg className="lab-bars" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={name}>
      <Key x={EDGE} kind="after" text={m.lab.why.outside} />
      <Key x={SIDE / 2} kind="before" text={m.lab.why.inside} />
      {shown.map(({ key, face, label }, i) => {
        const y = 2.4 * EDGE + pitch * i
        return (
          <g key={key}>
            <text x={EDGE} y={y + 4}>
              {label}
            </text>
            <rect data-kind="after" x={EDGE} y={y + 5.5} width={width(face.meanOutside)} height={4.6} />
            <text x={EDGE + width(face.meanOutside) + 1.5} y={y + 9.4}>
              {faceChangeText(face.meanOutside)}
            </text>
            <rect data-kind="before" x={EDGE} y={y + 10.8} width={width(face.meanInside)} height={4.6} />
            <text x={EDGE + width(face.meanInside) + 1.5} y={y + 14.7}>
              {faceChangeText(face.meanInside)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
