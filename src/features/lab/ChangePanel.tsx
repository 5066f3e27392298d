/** The edit in hand as it spreads: how far the features of every place move, layer by layer, in both models, as they are and with the norms held. */

import { useMemo } from 'react'
import { movedShare } from '../../lab/edit'
import type { FeatureChange, LayerChange } from '../../workers/protocol'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import { changeImage, normShift } from './changes'
import { percentText } from './numbers'
import { Picture } from './Picture'
import type { LabRoom } from './room'
import type { EditStudy } from './roomTypes'
import { SideStudies } from './SideStudies'

export function ChangePanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  return (
    <section className="lab-changes" aria-label={m.lab.changeTitle}>
      <h3>{m.lab.changeTitle}</h3>
      <p className="muted">{m.lab.changeNote}</p>
      <SideStudies room={room} className="lab-change-row">
        {(study) => (
          <>
            <Row study={study} pass="plain" name={m.lab.passPlain} />
            <Row study={study} pass="held" name={m.lab.passHeld} />
          </>
        )}
      </SideStudies>
    </section>
  )
}

function Row({ study, pass, name }: { study: EditStudy; pass: 'plain' | 'held'; name: string }) {
  const change: FeatureChange = study[pass]
  return (
    <div className="lab-pass" data-pass={pass}>
      <p>{name}</p>
      <ol>
        {change.layers.map((layer, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
          <li key={i}>
            <Heat study={study} layer={layer} place={i} isHeld={pass === 'held'} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Heat({ study, layer, place, isHeld }: { study: EditStudy; layer: LayerChange; place: number; isHeld: boolean }) {
  const m = useMessages()
  const image = useMemo(() => changeImage(layer.change), [layer])
  const moved = m.lab.moved(`L${place}`, percentText(movedShare(layer.change)))
  return (
    <figure>
      <Picture image={image} px={layer.px} name={moved} drawing={study.edit.after} />
      <figcaption>
        {moved}
        {isHeld ? null : <span className="muted">{normText(m, layer)}</span>}
      </figcaption>
    </figure>
  )
}

function normText(m: Messages, layer: LayerChange): string {
  const shift = normShift(layer)
  return shift === null ? m.lab.noNorm : m.lab.normMoved(percentText(shift))
}
