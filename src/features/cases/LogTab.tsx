/** The log as it stands: newest first, verified on request, exported, and the drawing replayed from it. */

import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Entry } from '../../cases/chain'
import { isEntryKind } from '../../cases/entries'
import type { CaseReport } from '../../storage/openCase'
import { SwitchField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import { entryWords } from './entryWords'
import { Replay } from './Replay'
import { exactTime } from './when'

const PAGE = 100
const STEADY = new Set(['change', 'setting'])

export function LogTab({ desk, open }: CasePart) {
  const m = useMessages().cases.log
  const report = useStore(desk.store, (state) => state.report)
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const end = open.entries.at(-1)
  return (
    <div className="case-columns">
      <div>
        <div className="case-inline">
          <button type="button" className="button primary" title={m.verifyHint} disabled={isWorking} onClick={() => void desk.verify()}>
            <Icon name="shield" size={16} />
            <span>{m.verify}</span>
          </button>
          <button type="button" className="button" title={m.exportHint} disabled={isWorking} onClick={() => void desk.exportLog()}>
            <Icon name="download" size={16} />
            <span>{m.export}</span>
          </button>
        </div>
        <Report report={report} />
        <p className="muted">
          {m.end}
          <br />
          <code className="case-digest">{end?.digest}</code>
        </p>
        <Replay desk={desk} open={open} />
      </div>
      <Entries entries={open.entries} />
    </div>
  )
}

function Report({ report }: { report: CaseReport | null }) {
  const m = useMessages().cases.log
  if (!report) return <p role="status" />
  const { log, files } = report
  const isIntact = log.intact && files.length === 0
  return (
    <p className="case-outcome" role="status" data-outcome={isIntact ? 'same' : 'different'}>
      {log.intact ? (files.length === 0 ? m.intact(log.entries) : null) : m.fault[log.fault](log.seq)}
      {files.length > 0 ? ` ${m.files(files.length)}` : null}
    </p>
  )
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const [hasAll, setAll] = useState(false)
  const [pages, setPages] = useState(1)
  const listed = useMemo(() => entries.filter(({ kind }) => hasAll || !STEADY.has(kind)).reverse(), [entries, hasAll])
  const shown = listed.slice(0, pages * PAGE)
  const rest = listed.length - shown.length
  return (
    <section aria-label={m.cases.tabs.log}>
      <SwitchField label={m.cases.log.all} checked={hasAll} onChange={setAll} />
      <ol className="log-entries" reversed>
        {shown.map((entry) => (
          <li key={entry.seq} value={entry.seq}>
            <span className="log-head">
              <strong>{isEntryKind(entry.kind) ? m.cases.log.kinds[entry.kind] : m.cases.log.unknown}</strong>
              <time className="muted" dateTime={entry.at}>
                {exactTime(entry.at, tag)}
              </time>
            </span>
            <span className="case-words">{entryWords(entry, m)}</span>
          </li>
        ))}
      </ol>
      {rest > 0 ? (
        <button type="button" className="button" onClick={() => setPages(pages + 1)}>
          {m.cases.log.more(Math.min(rest, PAGE))}
        </button>
      ) : null}
    </section>
  )
}
