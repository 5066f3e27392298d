/** The open case: its head and its parts. */

import { useStore } from 'zustand'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { CaseSheet } from './CaseSheet'
import type { CasePart } from './casePart'
import type { CaseDesk } from './desk'
import { CASE_TABS, type CaseTab } from './deskTypes'
import { InterviewTab } from './InterviewTab'
import { LogTab } from './LogTab'
import { OutputTab } from './OutputTab'
import { Recorded } from './Recorded'
import { VersionsTab } from './VersionsTab'
import { isPast } from './when'

const PARTS: Readonly<Record<CaseTab, (props: CasePart) => React.ReactNode>> = {
  sheet: CaseSheet,
  interview: InterviewTab,
  versions: VersionsTab,
  log: LogTab,
  output: OutputTab,
}

export function CaseView({ desk, open }: CasePart) {
  const m = useMessages()
  const tab = useStore(desk.store, (state) => state.tab)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const Part = PARTS[tab]
  const { fields, retainUntil } = open.state
  return (
    <section className="case-view" aria-label={fields.number || m.cases.untitled} aria-busy={isWorking}>
      <header className="case-head">
        <h3>
          {fields.number || m.cases.untitled} {fields.title ? <span className="muted">{fields.title}</span> : null}
        </h3>
        <Recorded open={open} />
        <button type="button" className="button" disabled={isWorking} onClick={() => void desk.closeCase()}>
          {m.cases.closeCase}
        </button>
      </header>
      {retainUntil !== null && isPast(retainUntil, desk.port.now()) ? (
        <p className="case-warning" role="status">
          <Icon name="warning" size={16} /> {m.cases.retentionDue(retainUntil)}
        </p>
      ) : null}
      <div className="case-tabs" role="tablist" aria-label={m.cases.tabsLabel}>
        {CASE_TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`case-tab-${each}`}
            aria-selected={each === tab}
            aria-controls="case-part"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => desk.show(each)}
            onKeyDown={(event) => moveTab(event, tab, desk)}
          >
            {m.cases.tabs[each]}
          </button>
        ))}
      </div>
      <div id="case-part" className="case-part" role="tabpanel" aria-labelledby={`case-tab-${tab}`}>
        <Part desk={desk} open={open} />
      </div>
    </section>
  )
}

/** Arrow keys, as tabs are used everywhere. */
function moveTab(event: React.KeyboardEvent<HTMLButtonElement>, tab: CaseTab, desk: CaseDesk): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const next = CASE_TABS[(CASE_TABS.indexOf(tab) + by + CASE_TABS.length) % CASE_TABS.length]
  if (by === 0 || !next) return
  event.preventDefault()
  desk.show(next)
  document.getElementById(`case-tab-${next}`)?.focus()
}
