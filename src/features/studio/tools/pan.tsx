/** Moving the page: the surface pans by itself. */

import { useMessages } from '../../ui/i18n/I18n'
import type { ToolDeclaration } from './toolDeclaration'

export const pan: ToolDeclaration = {
  id: 'pan',
  icon: 'pan',
  key: 'h',
  name: (m) => m.tools.pan,
  behaviour: null,
  Options: PanHint,
  isForDesks: true,
}

function PanHint() {
  const m = useMessages()
  return <p className="options-hint">{m.options.panHint}</p>
}
