/** Over the page while a session is under way: what is recorded, keeping a version, and what the witness sees. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { CaseDesk } from './desk'
import type { OpenView, Recording } from './deskTypes'
import { Recorded } from './Recorded'
import { WitnessMenu } from './WitnessMenu'

interface CaseBarProps {
  readonly desk: CaseDesk
  /** The mean face shows under the page. */
  readonly hasUnderlay: boolean
  readonly onOpen: () => void
}

export function CaseBar({ desk, hasUnderlay, onOpen }: CaseBarProps) {
  const open = useStore(desk.store, (state) => state.open)
  const recording = useStore(desk.store, (state) => state.recording)
  return open && recording ? <Bar desk={desk} open={open} recording={recording} hasUnderlay={hasUnderlay} onOpen={onOpen} /> : null
}

function Bar({ desk, open, recording, hasUnderlay, onOpen }: CaseBarProps & { open: OpenView; recording: Recording }) {
  const m = useMessages().cases
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [told, setTold] = useState('')
  const witness = open.state.witnesses.find(({ id }) => id === recording.witness)?.name ?? ''
  const keep = async (): Promise<void> => {
    const name = m.versions.defaultName(open.state.versions.length + 1)
    setTold('')
    if (await desk.keepVersion(name)) setTold(m.bar.kept(name))
  }
  return (
    <section className="case-bar" aria-label={m.bar.label}>
      <button type="button" className="button quiet" title={m.bar.open} onClick={onOpen}>
        <Icon name="caseFile" size={16} />
        <span>
          {m.bar.case(open.state.fields.number)} · {witness}
        </span>
      </button>
      <Recorded open={open} />
      {recording.isAway ? (
        <>
          <span className="case-warning">{m.bar.away}</span>
          <button type="button" className="button" disabled={isWorking} onClick={() => void desk.backToDrawing()}>
            {m.bar.back}
          </button>
        </>
      ) : (
        <button type="button" className="button" disabled={isWorking} onClick={() => void keep()}>
          {m.bar.keep}
        </button>
      )}
      <WitnessMenu desk={desk} />
      <span className="muted" role="status">
        {hasUnderlay ? m.bar.underlay : told}
      </span>
      <button type="button" className="button" title={m.endBody} disabled={isWorking} onClick={() => void desk.endSession()}>
        {m.endSession}
      </button>
    </section>
  )
}
