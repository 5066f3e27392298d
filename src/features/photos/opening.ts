/** Files on their way in, one after another: read and looked at in the worker, then kept. What cannot be opened changes nothing and says why. */

import type { StoreApi } from 'zustand/vanilla'
import { toErrorReport } from '../../shared/errors'
import type { PhotosPort, PhotosState } from './roomTypes'

interface Parts {
  readonly port: PhotosPort
  readonly store: StoreApi<PhotosState>
  readonly select: (id: string) => void
  readonly report: (error: unknown) => void
}

/** More sentences than this are read by nobody. */
const MOST_SENTENCES = 4
const NAME_LENGTH = 80

export function createOpening({ port, store, select, report }: Parts) {
  const { library, reader, toasts, messages } = port
  const queue: File[] = []
  let isCancelled = false

  const openOne = async (file: File, place: number): Promise<void> => {
    const total = place + queue.length
    store.setState({ opening: { name: file.name, stage: 'reading', place, total } })
    const opened = await reader.open(file, (stage) => store.setState(({ opening }) => ({ opening: opening && { ...opening, stage } })))
    // Whoever cancels while it is read does not want it.
    if (isCancelled) return
    const { photo, crops, faces, width, height, thumbnails, whole } = opened
    const name = file.name.replace(/\.[a-z\d]{1,5}$/iu, '').slice(0, NAME_LENGTH) || messages().photos.untitled
    select(await library.add({ name, width, height, faces, photo, crops, thumbnail: thumbnails[0] ?? whole }))
  }

  const tell = (failures: readonly { readonly file: File; readonly error: unknown }[], total: number): void => {
    const m = messages()
    const [only] = failures
    if (!only) return
    if (total === 1) {
      report(only.error)
      return
    }
    const sentence = (error: unknown): string => {
      const { code, message } = toErrorReport(error)
      return m.name === 'English' ? message : m.errors[code].advice
    }
    const detail = failures.slice(0, MOST_SENTENCES).map(({ file, error }) => `${file.name}: ${sentence(error)}`)
    toasts.show({ kind: 'problem', title: m.photos.failures(failures.length, total), detail: detail.join(' ') })
  }

  const takeFiles = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) {
      toasts.show({ kind: 'problem', title: messages().imports.nothing.title, detail: messages().photos.noFiles })
      return
    }
    queue.push(...files)
    if (store.getState().opening) return
    isCancelled = false
    const failures: { file: File; error: unknown }[] = []
    let place = 0
    for (let file = queue.shift(); file; file = queue.shift()) {
      try {
        await openOne(file, ++place)
      } catch (error) {
        failures.push({ file, error })
      }
    }
    store.setState({ opening: null })
    tell(failures, place)
  }

  return {
    takeFiles,
    cancelOpening: (): void => {
      queue.length = 0
      isCancelled = true
    },
    openExample: async (): Promise<void> => {
      try {
        await takeFiles([await port.example()])
      } catch (error) {
        report(error)
      }
    },
  }
}
