/** Reshaping: dragging a line bends it. */

import { reshape as behaviour } from '../../../editor/tools/reshape'
import { SliderField } from '../../ui/fields'
import { useMessages } from '../../ui/i18n/I18n'
import { useFormats, useSetting } from './settings'
import type { ToolDeclaration } from './toolDeclaration'

export const reshape: ToolDeclaration = {
  id: 'reshape',
  icon: 'reshape',
  key: 'r',
  name: (m) => m.tools.reshape,
  behaviour,
  Options: ReshapeOptions,
  size: { setting: 'reshapeRadiusPx', step: 8 },
}

function ReshapeOptions() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [radius, setRadius] = useSetting('reshapeRadiusPx')
  return (
    <>
      <p className="options-hint">{m.options.reshapeHint}</p>
      <SliderField label={m.options.reach} value={radius} min={4} max={160} step={2} onChange={setRadius} format={pixels} />
    </>
  )
}
