/** Pictures of faces by the installed models: made one at a time, kept for as long as the page lives, saved and traced. */

import type { StoreApi } from 'zustand/vanilla'
import { landmarksOf } from '../../faces/photoSketch'
import type { PhotoSummary } from '../../storage/photoTypes'
import { refOf } from '../../workers/protocol'
import { facePng, sheetPng } from './pictures'
import {
  type Blend,
  faceOf,
  isPictureModel,
  type PaintedFace,
  type PhotosPort,
  type PhotosState,
  type PictureModel,
  paintedKey,
} from './roomTypes'

interface Parts {
  readonly port: PhotosPort
  readonly store: StoreApi<PhotosState>
  readonly report: (error: unknown) => void
}

/** Pictures kept at hand; a 256-pixel one has a quarter of a megabyte. */
const MOST_KEPT = 60

export function createPainting({ port, store, report }: Parts) {
  const { library, reader, models, messages } = port

  const cropOf = async (photo: PhotoSummary) => (await library.pictures(photo.id))?.crops[photo.chosen] ?? null

  /** `null` where there is no face, or when another request has taken this one's place. Rejects with a `StudioError`. */
  const paintOnce = async (photo: PhotoSummary, modelId: string): Promise<PaintedFace | null> => {
    const [crop, face] = [await cropOf(photo), faceOf(photo)]
    if (!crop || !face) return null
    let strength: number | null = null
    const entry = models.list().find(({ id }) => id === modelId)
    const picture = await models.paint(refOf(entry ?? { id: modelId }), async (model) => {
      strength = model.strength
      const { photo: pixels, regions } = await reader.pixels({ crop, landmarks: face.landmarks }, model.sizePx)
      // Whole: how much of it is seen over the photo is decided where it is shown.
      const whole = model.strength === null ? null : 1
      return { photo: pixels, face: { landmarks: landmarksOf(face.landmarks), regions, yawDegrees: face.yawDegrees }, strength: whole }
    })
    return picture && { modelId, ...picture, strength, radius: 0 }
  }

  const paint = async (photo: PhotoSummary, modelId: string): Promise<void> => {
    if (store.getState().painting) return
    const key = paintedKey(photo, modelId)
    store.setState({ painting: key })
    try {
      const painted = await paintOnce(photo, modelId)
      if (painted) store.setState(({ painted: all }) => ({ painted: newest({ ...all, [key]: painted }) }))
    } catch (error) {
      report(error)
    } finally {
      store.setState({ painting: null })
    }
  }

  const pngOf = async (photo: PhotoSummary, model: PictureModel): Promise<Blob | null> => {
    const [crop, painted] = [await cropOf(photo), store.getState().painted[paintedKey(photo, model.id)]]
    return crop && painted ? await facePng(crop, painted) : null
  }

  const save = (blob: Blob, fileName: string): void => {
    port.download(blob, fileName)
    port.toasts.show({ kind: 'note', title: messages().photos.saved(fileName) })
  }

  return {
    paintOnce,
    paint,
    /** Of a photo whose points have moved. */
    forget: (photoId: string): void =>
      store.setState(({ painted }) => ({
        painted: Object.fromEntries(Object.entries(painted).filter(([key]) => !key.startsWith(`${photoId} `))),
      })),
    setBlend: (key: string, blend: Blend): void =>
      store.setState(({ painted }) => (painted[key] ? { painted: { ...painted, [key]: { ...painted[key], ...blend } } } : {})),
    savePicture: async (photo: PhotoSummary, model: PictureModel): Promise<void> => {
      try {
        const blob = await pngOf(photo, model)
        if (blob) save(blob, fileName(photo, model.style))
      } catch (error) {
        report(error)
      }
    },
    /** The face and everything that was made of it, side by side. */
    saveSheet: async (photo: PhotoSummary): Promise<void> => {
      try {
        const crop = await cropOf(photo)
        const made = models
          .list()
          .filter(isPictureModel)
          .flatMap((model) => {
            const painted = store.getState().painted[paintedKey(photo, model.id)]
            return painted ? [{ painted, caption: messages().photos.styles[model.style] }] : []
          })
        if (crop) save(await sheetPng([{ crop, caption: photo.name, made }]), fileName(photo, 'sheet'))
      } catch (error) {
        report(error)
      }
    },
    strokesOf: async (photo: PhotoSummary, model: PictureModel): Promise<void> => {
      try {
        const blob = await pngOf(photo, model)
        if (blob) await port.traceLines(new File([blob], `${photo.name}.png`, { type: 'image/png' }))
      } catch (error) {
        report(error)
      }
    },
  }
}

function newest(painted: Readonly<Record<string, PaintedFace>>): Readonly<Record<string, PaintedFace>> {
  return Object.fromEntries(Object.entries(painted).slice(-MOST_KEPT))
}

/** A name that every file system takes. */
export function fileName({ name }: PhotoSummary, what: string, ending = 'png'): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 60)
  return `${plain || 'photo'}-${what}.${ending}`
}
