/** How pictures are drawn anew each time that they are shown, with a preview of the chosen set's own. */

import { useStore } from 'zustand'
import { AugmentationPanel } from '../ui/augmentation/AugmentationPanel'
import type { DraftProps } from './props'

export function AugmentationFields({ room, draft }: DraftProps) {
  const pictures = useStore(room.store, (state) => state.examples)
  return (
    <AugmentationPanel
      value={draft.augmentation}
      pictures={pictures}
      sizePx={draft.sizePx}
      cropPx={draft.cropPx}
      onChange={(augmentation) => room.change({ ...draft, augmentation })}
    />
  )
}
