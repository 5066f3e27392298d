/** The photos' room, wired to the studio: loaded when the screen is first shown. */

import { use } from 'react'
import { DOCUMENT_VERSION } from '../../editor/document'
import { strokesOfLines } from '../../editor/lineStrokes'
import { PhotosScreen } from '../../features/photos/PhotosScreen'
import { createPhotosRoom, type PhotosRoom } from '../../features/photos/room'
import type { PhotosPort } from '../../features/photos/roomTypes'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { PhotosClient } from '../../workers/photosClient'
import type { AppServices } from '../appContext'
import { download } from '../exportActions'
import { createModelList } from '../modelList'
import '../styles/rooms.css'
import '../styles/photos.css'
import '../styles/photoView.css'

const EXAMPLE = 'example/person.jpg'

export function Room({ opening, onClose }: { opening: Promise<PhotosRoom>; onClose: () => void }) {
  return <PhotosScreen room={use(opening)} onClose={onClose} />
}

export function openRoom(services: AppServices): PhotosRoom {
  return createPhotosRoom(portOf(services))
}

function portOf(services: AppServices): PhotosPort {
  const { storage, toasts, messages, keeper, navigation, imports } = services
  return {
    ...{ toasts, messages, download },
    library: storage.photos,
    reader: new PhotosClient(new URL('detector/', document.baseURI).href),
    models: modelsOf(services),
    openSketch: async ({ name, lines, look }) => {
      const sketch = { version: DOCUMENT_VERSION, id: newId(), name, tags: [], strokes: strokesOfLines(lines, newId) } as const
      if (!(await keeper.adopt(sketch, { look }))) return false
      navigation.close()
      return true
    },
    traceLines: (file) => imports.importFiles([file]),
    example: async () => {
      const response = await fetch(new URL(EXAMPLE, document.baseURI))
      if (!response.ok) throw new StudioError('model-not-found', 'The example is not on this server. Open a photo of your own.')
      return new File([await response.blob()], `${messages().photos.exampleName}.jpg`, { type: 'image/jpeg' })
    },
  }
}

function modelsOf({ inference }: AppServices): PhotosPort['models'] {
  const { list, subscribe } = createModelList(inference)
  return {
    list,
    subscribe: (listener) => {
      const stops = [subscribe(listener), inference.companion.subscribe(listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    loading: () => inference.companion.getState().loading?.fraction ?? null,
    paint: (ref, make) => inference.paint(ref, make),
  }
}
