/** What the photos' screen keeps while the page lives, and what can be done on it. React sees its store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { MEAN_LANDMARKS } from '../../faces/meanFace'
import type { ContourOptions } from '../../faces/photoContour'
import { toErrorReport } from '../../shared/errors'
import type { PhotoSummary } from '../../storage/photoTypes'
import { createBatch } from './batch'
import { createOpening } from './opening'
import { createPainting } from './painting'
import { thumbnailOf } from './pictures'
import { createPointHistory, type PointHistory } from './pointHistory'
import { type Blend, faceOf, type PhotosPort, type PhotosState, type PictureModel } from './roomTypes'

export interface PhotosRoom {
  readonly store: StoreApi<PhotosState>
  readonly port: PhotosPort
  readonly points: PointHistory
  readonly select: (id: string) => void
  readonly check: (id: string, isChecked: boolean) => void
  readonly takeFiles: (files: readonly File[]) => Promise<void>
  readonly cancelOpening: () => void
  readonly openExample: () => Promise<void>
  readonly rename: (id: string, name: string) => void
  readonly chooseFace: (photo: PhotoSummary, face: number) => Promise<void>
  /** A face where none was found: the mean face's points on the middle of the photo, to be moved. */
  readonly placeByHand: (photo: PhotoSummary) => Promise<void>
  readonly remove: (ids: readonly string[]) => Promise<void>
  readonly toStudio: (photo: PhotoSummary, options: ContourOptions) => Promise<void>
  readonly paint: (photo: PhotoSummary, modelId: string) => Promise<void>
  readonly setBlend: (key: string, blend: Blend) => void
  readonly savePicture: (photo: PhotoSummary, model: PictureModel) => Promise<void>
  readonly saveSheet: (photo: PhotoSummary) => Promise<void>
  readonly strokesOf: (photo: PhotoSummary, model: PictureModel) => Promise<void>
  readonly startBatch: (model: PictureModel) => Promise<void>
  readonly cancelBatch: () => void
  /** Tells what went wrong. */
  readonly report: (error: unknown) => void
}

const START: PhotosState = {
  ...{ photos: [], isLoaded: false, selected: null, checked: [], opening: null },
  ...{ painted: {}, painting: null, batch: null },
}

export function createPhotosRoom(port: PhotosPort): PhotosRoom {
  const { library, toasts, messages } = port
  const store = createStore<PhotosState>(() => START)
  const report = (error: unknown): void => {
    const m = messages()
    const { code, message } = toErrorReport(error)
    const detail = m.name === 'English' ? message : m.errors[code].advice
    toasts.show({ kind: 'problem', title: m.errors[code].title, detail })
  }
  const reload = async (): Promise<void> => {
    const photos = await library.list()
    const { selected, checked } = store.getState()
    const isThere = (id: string): boolean => photos.some((photo) => photo.id === id)
    store.setState({
      photos,
      isLoaded: true,
      selected: selected !== null && isThere(selected) ? selected : (photos[0]?.id ?? null),
      checked: checked.filter(isThere),
    })
  }
  library.onChange(() => void reload().catch(() => undefined))
  reload().catch(report)

  const select = (id: string): void => store.setState({ selected: id })
  const opening = createOpening({ port, store, select, report })
  const painting = createPainting({ port, store, report })
  const batch = createBatch({ port, store, paint: painting.paintOnce, report })
  const points = createPointHistory(async (photo, face, landmarks) => {
    painting.forget(photo.id)
    await library.correct(photo.id, face, landmarks).catch(report)
  })

  return {
    ...{ store, port, points, select, report, ...opening, ...painting, ...batch },
    check: (id, isChecked) =>
      store.setState(({ checked }) => ({ checked: isChecked ? [...checked, id] : checked.filter((other) => other !== id) })),
    rename: (id, name) => void library.rename(id, name).catch(report),
    chooseFace: async (photo, face) => {
      try {
        const crop = (await library.pictures(photo.id))?.crops[face]
        if (crop) await library.chooseFace(photo.id, face, await thumbnailOf(crop))
      } catch (error) {
        report(error)
      }
    },
    placeByHand: async (photo) => {
      try {
        const pictures = await library.pictures(photo.id)
        if (!pictures) return
        const { width, height } = photo
        const square = { centre: [width / 2, height / 2], halfX: [Math.min(width, height) / 2, 0] } as const
        const { crop, thumbnail } = await port.reader.cut(pictures.photo, square)
        const points = MEAN_LANDMARKS.flat()
        await library.addFace(photo.id, { square, landmarks: points, found: points, yawDegrees: 0, pitchDegrees: 0 }, crop, thumbnail)
      } catch (error) {
        report(error)
      }
    },
    remove: async (ids) => {
      try {
        await library.delete(ids)
        const bringBack = { label: messages().photos.bringBack, perform: () => void library.restore(ids).catch(report) }
        toasts.show({ kind: 'note', title: messages().photos.deleted(ids.length), action: bringBack })
      } catch (error) {
        report(error)
      }
    },
    toStudio: async (photo, options) => {
      try {
        const crop = (await library.pictures(photo.id))?.crops[photo.chosen]
        const face = faceOf(photo)
        if (!crop || !face) return
        const sketch = await port.reader.sketch({ crop, landmarks: face.landmarks }, options)
        if (await port.openSketch({ ...sketch, name: photo.name }))
          toasts.show({ kind: 'note', title: messages().photos.toStudioDone(photo.name) })
      } catch (error) {
        report(error)
      }
    },
  }
}
