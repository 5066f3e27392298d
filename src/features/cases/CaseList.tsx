/** The cases of this machine, newest change first. */

import { useStore } from 'zustand'
import type { CaseRow } from '../../storage/caseRows'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CaseDesk } from './desk'
import { isPast, shortTime } from './when'

export function CaseList({ desk }: { desk: CaseDesk }) {
  const m = useMessages()
  const rows = useStore(desk.store, (state) => state.rows)
  const openId = useStore(desk.store, (state) => state.open?.id ?? null)
  return (
    <nav className="case-side" aria-label={m.cases.list}>
      <ul className="case-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Choice desk={desk} row={row} isOpen={row.id === openId} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Choice({ desk, row, isOpen }: { desk: CaseDesk; row: CaseRow; isOpen: boolean }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const { name, retainUntil, updatedAt } = row
  const isDue = retainUntil !== null && isPast(retainUntil, desk.port.now())
  return (
    <button
      type="button"
      className="case-choice"
      aria-current={isOpen ? 'true' : undefined}
      disabled={isWorking}
      onClick={() => (isOpen ? undefined : void desk.openCase(row.id))}
    >
      <span className="case-choice-name">{name ? name.number || m.cases.untitled : m.cases.encrypted}</span>
      {name ? null : <Icon name="lock" size={15} />}
      <span className="muted">{name?.title}</span>
      <span className="muted">{shortTime(updatedAt, tag)}</span>
      {isDue ? <span className="case-due">{m.cases.due}</span> : null}
    </button>
  )
}
