/** The eraser. */

import { eraser as behaviour } from '../../../editor/tools/eraser'
import { ChoiceField, SliderField } from '../../ui/fields'
import { useMessages } from '../../ui/i18n/I18n'
import { useFormats, useSetting } from './settings'
import type { ToolDeclaration } from './toolDeclaration'

export const eraser: ToolDeclaration = {
  id: 'eraser',
  icon: 'eraser',
  key: 'e',
  name: (m) => m.tools.eraser,
  behaviour,
  Options: EraserOptions,
  size: { setting: 'eraserRadiusPx', step: 2 },
  done: (m) => m.page.erased,
}

function EraserOptions() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [mode, setMode] = useSetting('eraserMode')
  const [radius, setRadius] = useSetting('eraserRadiusPx')
  return (
    <>
      <ChoiceField
        label={m.options.eraserMode}
        value={mode}
        choices={[
          { value: 'stroke', label: m.options.eraserStroke },
          { value: 'point', label: m.options.eraserPoint },
        ]}
        onChange={setMode}
      />
      <SliderField label={m.options.eraserSize} value={radius} min={1} max={64} step={1} onChange={setRadius} format={pixels} />
    </>
  )
}
