/** The pen. */

import { pen as behaviour } from '../../../editor/tools/pen'
import { PARTS, type Part } from '../../../faces/parts'
import { SelectField, SliderField, SwitchField } from '../../ui/fields'
import { useMessages } from '../../ui/i18n/I18n'
import { useFormats, useSetting } from './settings'
import type { ToolDeclaration } from './toolDeclaration'

export const pen: ToolDeclaration = {
  id: 'pen',
  icon: 'pen',
  key: 'p',
  name: (m) => m.tools.pen,
  behaviour,
  Options: PenOptions,
  MoreOptions: PenFeel,
  size: { setting: 'penWidthPx', step: 0.5 },
}

function PenOptions() {
  return (
    <>
      <PenWidth />
      <PenPart />
    </>
  )
}

function PenWidth() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [width, setWidth] = useSetting('penWidthPx')
  return <SliderField label={m.options.width} value={width} min={1} max={8} step={0.5} onChange={setWidth} format={pixels} />
}

function PenFeel() {
  const m = useMessages()
  const { percent } = useFormats()
  const [smoothing, setSmoothing] = useSetting('smoothing')
  const [stabiliser, setStabiliser] = useSetting('stabiliser')
  const [usesPressure, setUsesPressure] = useSetting('usesPressure')
  const [penOnly, setPenOnly] = useSetting('penOnly')
  return (
    <>
      <SliderField label={m.options.smoothing} value={smoothing} min={0} max={1} step={0.05} onChange={setSmoothing} format={percent} />
      <SliderField label={m.options.stabiliser} value={stabiliser} min={0} max={1} step={0.05} onChange={setStabiliser} format={percent} />
      <SwitchField label={m.options.pressure} checked={usesPressure} onChange={setUsesPressure} />
      <SwitchField label={m.options.penOnly} checked={penOnly} onChange={setPenOnly} hint={m.options.penOnlyHint} />
    </>
  )
}

function PenPart() {
  const m = useMessages()
  const [part, setPart] = useSetting('penPart')
  return (
    <SelectField
      label={m.options.part}
      value={part ?? 'automatic'}
      choices={[{ value: 'automatic', label: m.options.automatic }, ...partChoices(m.parts)]}
      onChange={(value) => setPart(value === 'automatic' ? null : value)}
    />
  )
}

function partChoices(names: Readonly<Record<Part, string>>): { value: Part | 'automatic'; label: string }[] {
  return PARTS.map((value) => ({ value, label: names[value] }))
}
