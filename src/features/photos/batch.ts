/** One picture each of many photos, with progress, to be stopped at any time; at the end a zip with the pictures and a sheet. */

import type { StoreApi } from 'zustand/vanilla'
import type { EncodedPicture, PhotoSummary } from '../../storage/photoTypes'
import { fileName } from './painting'
import { facePng, sheetPng } from './pictures'
import { faceOf, type PaintedFace, type PhotosPort, type PhotosState, type PictureModel } from './roomTypes'
import { zipFile } from './zip'

interface Parts {
  readonly port: PhotosPort
  readonly store: StoreApi<PhotosState>
  readonly paint: (photo: PhotoSummary, modelId: string) => Promise<PaintedFace | null>
  readonly report: (error: unknown) => void
}

interface Made {
  readonly photo: PhotoSummary
  readonly crop: EncodedPicture
  readonly painted: PaintedFace
}

/** Rows of the sheet; more would be a picture that no program opens. */
const MOST_ROWS = 40

/** Those that were taken, or all. */
export const batchPhotos = ({ photos, checked }: Pick<PhotosState, 'photos' | 'checked'>): readonly PhotoSummary[] =>
  checked.length > 0 ? photos.filter(({ id }) => checked.includes(id)) : photos

export function createBatch({ port, store, paint, report }: Parts) {
  const { library, toasts, messages } = port
  let isCancelled = false

  const makeOne = async (photo: PhotoSummary, modelId: string): Promise<Made | null> => {
    if (!faceOf(photo)) return null
    const painted = await paint(photo, modelId)
    const crop = (await library.pictures(photo.id))?.crops[photo.chosen]
    return painted && crop ? { photo, crop, painted } : null
  }

  const finish = async (made: readonly Made[], failed: number, model: PictureModel): Promise<void> => {
    const m = messages().photos
    if (made.length === 0) {
      toasts.show({ kind: 'problem', title: m.batchNothing })
      return
    }
    const files = new Map<string, Uint8Array>()
    for (const { photo, crop, painted } of made)
      files.set(freeName(files, fileName(photo, model.style)), await bytesOf(await facePng(crop, painted)))
    const rows = made
      .slice(0, MOST_ROWS)
      .map(({ photo, crop, painted }) => ({ crop, caption: photo.name, made: [{ painted, caption: m.styles[model.style] }] }))
    files.set('sheet.png', await bytesOf(await sheetPng(rows)))
    const name = `${model.style}.zip`
    port.download(zipFile(files), name)
    const detail = failed > 0 ? m.batchLeftOut(failed) : undefined
    toasts.show({ kind: 'note', title: m.batchDone(made.length, name), detail })
  }

  const startBatch = async (model: PictureModel): Promise<void> => {
    if (store.getState().batch) return
    isCancelled = false
    const photos = batchPhotos(store.getState())
    const made: Made[] = []
    let failed = 0
    let lastError: unknown = null
    for (const [i, photo] of photos.entries()) {
      if (isCancelled) break
      store.setState({ batch: { modelId: model.id, done: i, total: photos.length } })
      try {
        const one = await makeOne(photo, model.id)
        if (one) made.push(one)
        else failed++
      } catch (error) {
        failed++
        lastError = error
      }
    }
    store.setState({ batch: null })
    if (isCancelled) toasts.show({ kind: 'note', title: messages().photos.batchCancelled })
    else if (made.length === 0 && lastError) report(lastError)
    else await finish(made, failed, model).catch(report)
  }

  return {
    startBatch,
    cancelBatch: (): void => {
      isCancelled = true
    },
  }
}

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer())

/** Two photos may have one name. */
function freeName(taken: ReadonlyMap<string, unknown>, wanted: string): string {
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) {
    const name = wanted.replace(/(\.[a-z]+)$/, ` ${n}$1`)
    if (!taken.has(name)) return name
  }
}
