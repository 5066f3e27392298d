/** The import worker: files from outside are read, traced and measured here, so that the page stays free and can end it at any time. */

import { expose, transfer } from 'comlink'
import { StudioError, toErrorReport } from '../shared/errors'
import { type OpenedPicture, openFile, tracePicture } from '../storage/exchange/importFile'
import { shrunkTo } from '../storage/exchange/trace/prepare'
import { DEFAULT_SETTINGS } from '../storage/exchange/trace/settings'
import type { Answer, ImportWorkerApi } from './importProtocol'

let picture: OpenedPicture | null = null

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error: toErrorReport(error) }
  }
}

const api: ImportWorkerApi = {
  open: (file, name, onStage) =>
    answer(async () => {
      picture = null
      const opened = await openFile(Object.assign(file.slice(0, file.size, file.type), { name }))
      if (opened.kind !== 'picture') return opened
      picture = opened
      onStage('tracing')
      return tracePicture(opened, DEFAULT_SETTINGS)
    }),
  trace: (settings) =>
    answer(async () => {
      if (!picture) throw new StudioError('bad-request', 'The picture is not open any more. Import it again.')
      return tracePicture(picture, settings)
    }),
  preview: async (sidePx) => {
    if (!picture) return null
    const { width, height, data: pixels } = shrunkTo(picture.image, sidePx)
    const copy = pixels.slice()
    return transfer({ width, height, data: copy }, [copy.buffer])
  },
}

expose(api)
