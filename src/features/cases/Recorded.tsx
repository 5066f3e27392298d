/** Whether what happened is on the disk. */

import { useMessages } from '../ui/i18n/I18n'
import type { OpenView } from './deskTypes'

/** What can truly be said of the log at this moment. */
export function Recorded({ open }: { open: OpenView }) {
  const m = useMessages()
  const { unsaved, error, entries } = open
  const words = error ? m.cases.notSaved(unsaved) : unsaved > 0 ? m.cases.saving(unsaved) : m.cases.saved(entries.length)
  return (
    <span className={error ? 'case-recorded failed' : 'case-recorded'} role="status" data-unsaved={unsaved}>
      {words}
    </span>
  )
}
