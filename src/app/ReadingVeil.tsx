/** Over the page while a file is read: what is happening, and a way out once it takes longer than a moment. */

import { useMessages } from '../features/ui/i18n/I18n'
import type { Reading } from './appUi'

export function ReadingVeil({ reading }: { reading: Reading }) {
  const m = useMessages()
  const text = reading.stage === 'tracing' ? m.imports.tracing(reading.name) : m.imports.reading(reading.name)
  return (
    <div className="drop-veil reading-veil" role="status">
      <div className="reading-box">
        <p>{text}</p>
        {reading.total > 1 ? <p className="muted">{m.imports.place(reading.place, reading.total)}</p> : null}
        <progress className="reading-progress" {...(reading.total > 1 ? { max: reading.total, value: reading.place - 1 } : {})} />
        <button type="button" className="button" onClick={reading.cancel}>
          {m.imports.cancel}
        </button>
      </div>
    </div>
  )
}
