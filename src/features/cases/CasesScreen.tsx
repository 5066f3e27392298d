/** Cases on a screen of their own: a list, and the one that is open. Everything happens on this machine. */

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { pickFile } from '../ui/pickFiles'
import { ToastList } from '../ui/ToastList'
import { CaseList } from './CaseList'
import { CaseView } from './CaseView'
import type { CaseDesk } from './desk'
import { CASE_FILE_TYPE } from './keeping'
import { NewCaseDialog } from './NewCaseDialog'
import { PhraseDialog } from './PhraseDialog'
import { wipeAsked } from './wipeAsked'

interface CasesScreenProps {
  /** `null` where nothing can be kept. */
  readonly desk: CaseDesk | null
  readonly onClose: () => void
}

export function CasesScreen({ desk, onClose }: CasesScreenProps) {
  const m = useMessages()
  const [isNew, setIsNew] = useState(false)
  return (
    <Dialog
      title={m.cases.title}
      closeLabel={m.cases.close}
      kind="screen"
      className="cases"
      onClose={onClose}
      header={desk ? <Toolbar desk={desk} onNew={() => setIsNew(true)} /> : null}
    >
      {desk ? (
        <Inside desk={desk} onNew={() => setIsNew(true)} />
      ) : (
        <p className="case-empty" role="alert">
          {m.cases.noStorage}
        </p>
      )}
      {desk && isNew ? <NewCaseDialog desk={desk} onClose={() => setIsNew(false)} /> : null}
      {desk ? <Phrases desk={desk} /> : null}
      {desk ? <ToastList toasts={desk.port.toasts} /> : null}
    </Dialog>
  )
}

function Toolbar({ desk, onNew }: { desk: CaseDesk; onNew: () => void }) {
  const m = useMessages()
  return (
    <div className="room-toolbar">
      <button type="button" className="button" onClick={() => pickFile(CASE_FILE_TYPE, desk.offerImport)}>
        <Icon name="upload" size={16} />
        <span>{m.cases.import}</span>
      </button>
      <button type="button" className="button primary" onClick={onNew}>
        <Icon name="plus" size={16} />
        <span>{m.cases.create}</span>
      </button>
    </div>
  )
}

function Inside({ desk, onNew }: { desk: CaseDesk; onNew: () => void }) {
  const m = useMessages()
  const isLoaded = useStore(desk.store, (state) => state.isLoaded)
  const rows = useStore(desk.store, (state) => state.rows)
  const open = useStore(desk.store, (state) => state.open)
  useEffect(() => void desk.enter(), [desk])
  if (rows.length === 0 && !open)
    return isLoaded ? (
      <div className="room-empty">
        <Icon name="caseFile" size={56} />
        <h3>{m.cases.none}</h3>
        <p>{m.cases.intro}</p>
        <p className="muted">{m.cases.warning}</p>
        <button type="button" className="button primary" onClick={onNew}>
          {m.cases.create}
        </button>
      </div>
    ) : null
  return (
    <div className="case-layout" data-open={open ? '' : undefined}>
      <CaseList desk={desk} />
      {open ? (
        <CaseView key={open.id} desk={desk} open={open} />
      ) : (
        <div className="case-intro">
          <p>{m.cases.intro}</p>
          <p className="muted">{m.cases.warning}</p>
        </div>
      )}
    </div>
  )
}

/** What waits for a pass phrase: an encrypted case, or a file. */
function Phrases({ desk }: { desk: CaseDesk }) {
  const m = useMessages()
  const locked = useStore(desk.store, (state) => state.locked)
  const offered = useStore(desk.store, (state) => state.offered)
  if (offered)
    return (
      <PhraseDialog
        kind="import"
        body={m.cases.phrase.importBody(offered.name)}
        onPhrase={async (phrase) => {
          if (await desk.importCase(offered, phrase)) desk.offerImport(null)
        }}
        onClose={() => desk.offerImport(null)}
      />
    )
  if (!locked) return null
  return (
    <PhraseDialog
      kind="open"
      body={locked.goesOn ? m.cases.phrase.goesOn : m.cases.phrase.openBody}
      onPhrase={(phrase) => desk.openCase(locked.id, phrase)}
      onClose={() => desk.store.setState({ locked: null })}
      onWipe={() => void wipeAsked(desk, locked.id, m.cases.encrypted)}
    />
  )
}
