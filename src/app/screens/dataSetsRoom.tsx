/** The data sets' room, wired to the studio: loaded when the screen is first shown. */

import { use } from 'react'
import { DataSetsScreen } from '../../features/datasets/DataSetsScreen'
import { createDataSetsRoom, type DataSetsRoom } from '../../features/datasets/room'
import { languageOf } from '../../features/ui/i18n/messages'
import { openDataSets } from '../../storage/dataSets'
import { PhotosClient } from '../../workers/photosClient'
import type { AppServices } from '../appContext'
import { ask } from '../appUi'
import { download } from '../exportActions'
import { createModelList } from '../modelList'
import '../styles/rooms.css'
import '../styles/photoView.css'
import '../styles/augmentation.css'
import '../styles/dataSets.css'
import '../styles/dataSetItems.css'

/** About two minutes of painting on two cores. */
const MOST_SKETCHES = 200

export function Room({ opening, onClose }: { opening: Promise<DataSetsRoom>; onClose: () => void }) {
  return <DataSetsScreen room={use(opening)} onClose={onClose} />
}

export function openRoom({ inference, storage, studio, toasts, messages, ui }: AppServices): DataSetsRoom {
  const models = createModelList(inference)
  return createDataSetsRoom({
    ...{ toasts, messages, download },
    openSets: () => openDataSets(),
    reader: new PhotosClient(new URL('detector/', document.baseURI).href),
    models: {
      list: models.list,
      whenKnown: models.whenKnown,
      generate: (ref, make) => inference.compare(ref, make),
      paint: (ref, make) => inference.paint(ref, make),
    },
    sketches: async () => {
      const { items } = await storage.sketches.list({ limit: MOST_SKETCHES })
      const projects = await Promise.all(items.map(({ id }) => storage.sketches.read(id)))
      return projects.filter((project) => project !== null).filter(({ document }) => document.strokes.length > 0)
    },
    usage: () => storage.usage(),
    language: () => languageOf(studio.preferences.getState().locale).tag,
    confirm: async ({ title, body, keep, remove }) => {
      const choices = [
        { id: 'keep', label: keep },
        { id: 'remove', label: remove },
      ]
      return (await ask(ui, { title, body, choices })) === 'remove'
    },
  })
}
