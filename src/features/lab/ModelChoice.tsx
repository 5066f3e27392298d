/** The model of one side, and the layer that is looked at: the same choice in every view. */

import { useStore } from 'zustand'
import { ENCODER_LAYERS } from '../../shared/featurePlace'
import { ChoiceField, SelectField } from '../ui/fields'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { facesOf, type LabRoom } from './room'
import type { Side } from './roomTypes'

export function ModelChoice({ room, side }: { room: LabRoom; side: Side }) {
  const m = useMessages()
  const text = useLocalized()
  const chosen = useStore(room.store, (state) => state.sides[side])
  const choices = facesOf(room.port).map(({ id, name }) => ({ value: id, label: text(name) }))
  return (
    <SelectField
      label={side === 'left' ? m.lab.leftModel : m.lab.rightModel}
      value={chosen ?? ''}
      choices={choices}
      emptyLabel={m.lab.noModel}
      onChange={(id) => room.chooseModel(side, id)}
    />
  )
}

export function LayerChoice({ room }: { room: LabRoom }) {
  const m = useMessages()
  const layer = useStore(room.store, (state) => state.layer)
  const layers = Array.from({ length: ENCODER_LAYERS }, (_, i) => ({ value: String(i), label: `L${i}` }))
  return <ChoiceField label={m.lab.layer} value={String(layer)} choices={layers} onChange={(value) => room.chooseLayer(Number(value))} />
}
