/** What leaves the case, and how it ends: on paper, as an encrypted file, encrypted here, wiped. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { canEncrypt } from '../../cases/vault'
import { ChoiceField, SelectField, SwitchField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import type { CasePart } from './casePart'
import { PhraseDialog } from './PhraseDialog'
import { PAPERS, type Paper, PrintSheet } from './PrintSheet'
import { useVersion } from './useVersion'
import { wipeAsked } from './wipeAsked'

type Asked = 'export' | 'protect' | null

export function OutputTab({ desk, open }: CasePart) {
  const m = useMessages().cases
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [asked, setAsked] = useState<Asked>(null)
  return (
    <div className="case-columns output">
      <Print desk={desk} open={open} />
      <div className="form">
        <section>
          <h4>{m.output.export}</h4>
          <p className="muted">{m.output.exportHint}</p>
          <button type="button" className="button" disabled={!canEncrypt() || isWorking} onClick={() => setAsked('export')}>
            {m.output.exportGo}
          </button>
        </section>
        <section>
          <h4>{m.output.protect}</h4>
          <p className="muted">{open.isEncrypted ? m.output.isProtected : m.phrase.protectBody}</p>
          {open.isEncrypted ? (
            <button type="button" className="button" disabled={isWorking} onClick={() => void desk.protect(null)}>
              {m.output.unprotect}
            </button>
          ) : (
            <button type="button" className="button" disabled={!canEncrypt() || isWorking} onClick={() => setAsked('protect')}>
              {m.output.protectGo}
            </button>
          )}
        </section>
        <Wipe desk={desk} open={open} />
      </div>
      {asked ? (
        <PhraseDialog
          kind={asked}
          body={asked === 'export' ? m.phrase.exportBody : m.phrase.protectBody}
          onPhrase={async (phrase) => {
            if (await (asked === 'export' ? desk.exportCase(phrase) : desk.protect(phrase))) setAsked(null)
          }}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  )
}

function Print({ desk, open }: CasePart) {
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const m = useMessages().cases
  const { versions } = open.state
  const [chosen, setChosen] = useState(versions.at(-1)?.version ?? '')
  const [paper, setPaper] = useState<Paper>('a4')
  const [hasColour, setColour] = useState(false)
  const version = versions.find((each) => each.version === chosen) ?? null
  const kept = useVersion(desk, version)
  return (
    <section>
      <h4>{m.output.print}</h4>
      <p className="muted">{m.output.printHint}</p>
      <div className="case-inline">
        <SelectField
          label={m.output.version}
          value={chosen}
          emptyLabel={m.versions.none}
          choices={versions.map((each) => ({ value: each.version, label: each.name }))}
          onChange={setChosen}
        />
        <ChoiceField
          label={m.output.paper}
          value={paper}
          choices={(Object.keys(PAPERS) as Paper[]).map((value) => ({ value, label: PAPERS[value] }))}
          onChange={setPaper}
        />
        <SwitchField label={m.output.colour} checked={hasColour} onChange={setColour} />
        <button
          type="button"
          className="button primary"
          // Not before everything is on the paper.
          disabled={!version || !kept || isWorking}
          onClick={() => {
            desk.recordPrint(chosen)
            window.print()
          }}
        >
          {m.output.print}
        </button>
      </div>
      {version ? <PrintSheet key={version.version} open={open} version={version} kept={kept} paper={paper} hasColour={hasColour} /> : null}
    </section>
  )
}

function Wipe({ desk, open }: CasePart) {
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const m = useMessages().cases
  const name = open.state.fields.number || m.untitled
  const wipe = (): Promise<boolean> => wipeAsked(desk, open.id, name)
  return (
    <section>
      <h4>{m.output.wipe}</h4>
      <p className="muted">{m.output.wipeHint}</p>
      <button type="button" className="button danger" disabled={isWorking} onClick={() => void wipe()}>
        {m.output.wipeGo}
      </button>
    </section>
  )
}
