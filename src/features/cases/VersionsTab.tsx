/** Versions of the drawing: a tree, two to nine of them side by side with what differs, their average, and what the witness says of each. */

import { useState } from 'react'
import { type Version, versionTree } from '../../cases/caseState'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import { CompareGrid } from './CompareGrid'
import type { CasePart } from './casePart'
import type { CaseDesk } from './desk'
import type { OpenView } from './deskTypes'
import { MorphPanel } from './MorphPanel'
import { SketchDrawing } from './SketchDrawing'
import { useVersion } from './useVersion'
import { VersionPage } from './VersionPage'
import { shortTime } from './when'

const MOST_COMPARED = 9
const MOST_AVERAGED = 4

export function VersionsTab({ desk, open }: CasePart) {
  const m = useMessages()
  const { versions } = open.state
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [shown, setShown] = useState<string | null>(null)
  if (versions.length === 0) return <p className="case-empty">{m.cases.versions.none}</p>
  const selected = chosen.flatMap((id) => versions.find(({ version }) => version === id) ?? [])
  const single = versions.find(({ version }) => version === shown) ?? versions.at(-1) ?? null
  const toggle = (id: string): void => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  return (
    <div className="case-columns versions">
      <div>
        <p className="muted">{m.cases.versions.compareHint}</p>
        <ul className="version-tree">
          {versionTree(versions).map(({ version, depth }) => (
            <li key={version.version} style={{ marginInlineStart: `${16 * Math.min(depth, 6)}px` }}>
              <Card
                desk={desk}
                open={open}
                version={version}
                isShown={selected.length < 2 && version === single}
                isChosen={chosen.includes(version.version)}
                isFull={chosen.length >= MOST_COMPARED}
                onShow={() => {
                  setShown(version.version)
                  setChosen([])
                }}
                onToggle={() => toggle(version.version)}
              />
            </li>
          ))}
        </ul>
      </div>
      {selected.length >= 2 ? (
        <div>
          <CompareGrid desk={desk} open={open} versions={selected} />
          {selected.length <= MOST_AVERAGED ? <MorphPanel key={chosen.join()} desk={desk} versions={selected} /> : null}
        </div>
      ) : single ? (
        <VersionPage key={single.version} desk={desk} open={open} version={single} />
      ) : null}
    </div>
  )
}

interface CardProps {
  readonly desk: CaseDesk
  readonly open: OpenView
  readonly version: Version
  readonly isShown: boolean
  readonly isChosen: boolean
  readonly isFull: boolean
  readonly onShow: () => void
  readonly onToggle: () => void
}

function Card({ desk, open, version, isShown, isChosen, isFull, onShow, onToggle }: CardProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const kept = useVersion(desk, version)
  const url = usePictureUrl(kept?.face)
  const witness = open.state.witnesses.find(({ id }) => id === version.witness)?.name ?? m.cases.versions.nobody
  return (
    <div className="version-card" data-chosen={isChosen ? '' : undefined}>
      <input
        type="checkbox"
        aria-label={m.cases.versions.select(version.name)}
        title={m.cases.versions.select(version.name)}
        checked={isChosen}
        disabled={isFull && !isChosen}
        onChange={onToggle}
      />
      <button type="button" className="version-open" aria-current={isShown ? 'true' : undefined} onClick={onShow}>
        <span className="version-pictures">
          {kept ? <SketchDrawing document={kept.drawing.document} label="" /> : <span className="no-picture" />}
          {url ? <img src={url} alt="" /> : <Icon name="photo" size={20} />}
        </span>
        <span>
          <strong>{version.name}</strong>
          <span className="muted">{m.cases.versions.by(witness, shortTime(version.at, tag))}</span>
        </span>
      </button>
    </div>
  )
}
