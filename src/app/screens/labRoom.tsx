/** The lab's room, wired to the studio: loaded when the screen is first shown. */

import { use } from 'react'
import { readDrawings } from '../../features/lab/drawings'
import { LabScreen } from '../../features/lab/LabScreen'
import { lastStroke, ownDrawings } from '../../features/lab/ownSketches'
import { createLabRoom, type LabRoom } from '../../features/lab/room'
import { StudioError } from '../../shared/errors'
import { LabClient } from '../../workers/labClient'
import type { ModelEntry } from '../../workers/protocol'
import type { AppServices } from '../appContext'
import { download } from '../exportActions'
import '../styles/labFindings.css'
import '../styles/lab.css'
import '../styles/labParts.css'

const DRAWINGS = 'lab/drawings.json'
const NO_MODELS: readonly ModelEntry[] = []

export function Room({ opening, onClose }: { opening: Promise<LabRoom>; onClose: () => void }) {
  return <LabScreen room={use(opening)} onClose={onClose} />
}

export function openRoom({ inference, storage, studio, toasts, messages }: AppServices): LabRoom {
  return createLabRoom({
    ...{ toasts, messages, download },
    projector: new LabClient(),
    ownDrawings: () => ownDrawings(storage.sketches),
    pageEdit: () => {
      const { placement } = studio.faceLoop.store.getState()
      const { standIns } = studio.preferences.getState()
      return lastStroke(studio.editor.documentStore.getState().document, { standIns, placement })
    },
    loadDrawings: async () => {
      const response = await fetch(new URL(DRAWINGS, document.baseURI))
      if (!response.ok)
        throw new StudioError('bad-project', 'The lab’s drawings are not on this server. Reload the page, or install the studio again.')
      return readDrawings(await response.json())
    },
    models: {
      list: () => inference.store.getState().description?.models ?? NO_MODELS,
      subscribe: (listener) => inference.store.subscribe(listener),
      features: (ref, make) => inference.features(ref, make),
      featureChange: (ref, make) => inference.featureChange(ref, make),
      compare: (ref, make) => inference.compare(ref, make),
    },
  })
}
