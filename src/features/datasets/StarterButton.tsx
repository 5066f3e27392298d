/** Makes the starter set of synthetic people. */

import { useStore } from 'zustand'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { DataSetsRoom } from './room'

export function StarterButton({ room }: { room: DataSetsRoom }) {
  const m = useMessages()
  const isBusy = useStore(room.store, (state) => state.work !== null)
  return (
    <button type="button" className="button" title={m.dataSets.exampleHint} disabled={isBusy} onClick={() => void room.makeStarter()}>
      <Icon name="meanFace" size={16} />
      <span>{m.dataSets.example}</span>
    </button>
  )
}
