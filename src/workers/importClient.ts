/**
 * The page's side of the import worker: one worker a file, ended when it is done, cancelled, or has taken longer than any drawing should. A file that
 * was opened as a picture keeps its worker until `close`, so that it can be traced again.
 */

import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import { StudioError } from '../shared/errors'
import type { ImportedDocument, ImportResult, RgbaImage, TraceSettings } from '../storage/exchange/types'
import type { Answer, ImportStage, ImportWorkerApi } from './importProtocol'

export type { ImportStage } from './importProtocol'

/** On a slow machine; the worker's own budget ends earlier. */
const LONGEST_MS = 60_000

/** Thrown to whoever waits for an import that was cancelled. */
export class ImportCancelled extends Error {}

export interface OpenImport {
  readonly result: Promise<ImportResult>
  /** Only for pictures, after `result`. */
  trace(settings: TraceSettings): Promise<ImportedDocument>
  preview(sidePx: number): Promise<RgbaImage | null>
  /** Ends the worker; whoever waits gets `ImportCancelled`. */
  close(): void
}

export function openImport(file: File, onStage: (stage: ImportStage) => void = () => undefined): OpenImport {
  const worker = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' })
  const api: Remote<ImportWorkerApi> = wrap<ImportWorkerApi>(worker)
  let end: (reason: Error) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = reject
  })
  ended.catch(() => undefined)
  const stop = (reason: Error): void => {
    worker.terminate()
    api[releaseProxy]()
    end(reason)
  }
  worker.addEventListener('error', (event) => stop(crashed(event.message)))
  worker.addEventListener('messageerror', () => stop(crashed('a message could not be read')))

  const ask = async <T>(question: Promise<Answer<T>>): Promise<T> => {
    const timer = setTimeout(() => stop(tookTooLong()), LONGEST_MS)
    try {
      const answer = await Promise.race([question, ended])
      if (answer.ok) return answer.value
      throw new StudioError(answer.error.code, answer.error.message)
    } finally {
      clearTimeout(timer)
    }
  }

  onStage('reading')
  const result = ask<ImportResult>(api.open(file, file.name, proxy(onStage)) as Promise<Answer<ImportResult>>)
  result.catch(() => undefined)
  return {
    result,
    trace: (settings) => ask<ImportedDocument>(api.trace(settings) as Promise<Answer<ImportedDocument>>),
    preview: (sidePx) => Promise.race([api.preview(sidePx) as Promise<RgbaImage | null>, ended]),
    close: () => stop(new ImportCancelled('The import was cancelled.')),
  }
}

const crashed = (reason: string): StudioError =>
  new StudioError(
    'internal',
    `This file could not be read (${reason}), and nothing was changed. Try to save it again as PNG, then import that.`,
  )

const tookTooLong = (): StudioError =>
  new StudioError(
    'too-many-points',
    'This file takes too long to read, so it was left. Simplify it, or export it as PNG, then import that.',
  )
