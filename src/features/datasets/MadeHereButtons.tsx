/** Sets that the studio makes itself: synthetic people, and the person's own sketches. */

import { useStore } from 'zustand'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { DataSetsRoom } from './room'

export function MadeHereButtons({ room }: { room: DataSetsRoom }) {
  const { dataSets: m } = useMessages()
  const isBusy = useStore(room.store, (state) => state.work !== null)
  return (
    <>
      <button type="button" className="button" title={m.exampleHint} disabled={isBusy} onClick={() => void room.makeStarter()}>
        <Icon name="meanFace" size={16} />
        <span>{m.example}</span>
      </button>
      <button type="button" className="button" title={m.sketchesHint} disabled={isBusy} onClick={() => void room.makeOfSketches()}>
        <Icon name="sketches" size={16} />
        <span>{m.sketches}</span>
      </button>
    </>
  )
}
