/** In the bar: the witness's window, and what it shows. */

import { useStore } from 'zustand'
import type { Shown } from '../../cases/entries'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { CaseDesk } from './desk'

const FOLLOWING: readonly Shown[] = ['blank', 'sketch', 'greyFace', 'colourFace']

export function WitnessMenu({ desk }: { desk: CaseDesk }) {
  const m = useMessages().cases.bar
  const witness = useStore(desk.store, (state) => state.witness)
  const isAway = useStore(desk.store, (state) => state.recording?.isAway ?? true)
  if (!witness?.isThere)
    return (
      <button type="button" className="button" onClick={desk.openWitness}>
        <Icon name="system" size={16} />
        <span>{m.openWitness}</span>
      </button>
    )
  // A version is shown from its own page.
  const choices = witness.shown === 'version' ? [...FOLLOWING, witness.shown] : FOLLOWING
  return (
    <span className="case-witness">
      <label>
        <span>{m.showWitness}</span>
        <select value={witness.shown} onChange={(event) => void desk.showWitness(event.target.value as Shown)}>
          {choices.map((what) => (
            <option key={what} value={what} disabled={what === 'version' || (isAway && what !== 'blank')}>
              {m.shown[what]}
            </option>
          ))}
        </select>
      </label>
      <span role="status" className="visually-hidden">
        {witness.isShown ? m.isThere : ''}
      </span>
      <button type="button" className="icon-button" aria-label={m.closeWitness} title={m.closeWitness} onClick={desk.closeWitness}>
        <Icon name="close" size={16} />
      </button>
    </span>
  )
}
