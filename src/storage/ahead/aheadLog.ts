/**
 * The write-ahead log as the page uses it: what the database has not confirmed is on the disk within milliseconds of the pen-up, whatever the database and
 * the main thread are busy with. Where the browser has no private file system (plain http, some private modes) there is none, and nothing else changes.
 */

import type { AheadAnswer, AheadCall, AheadRequest } from './aheadMessages'
import { type AheadRecord, packRecord, readRecords } from './aheadRecord'

export interface AheadLog {
  /** Sent at once. Resolves to whether the record would survive a kill of the browser. */
  put(record: AheadRecord): Promise<boolean>
  /** The database has it all. */
  drop(sketchId: string): void
  /** What pages that are gone have left; `forget` it when it is in the database. */
  recover(): Promise<readonly AheadRecord[]>
  forget(): Promise<void>
  close(): void
}

export const NO_AHEAD_LOG: AheadLog = {
  put: async () => false,
  drop: () => undefined,
  recover: async () => [],
  forget: async () => undefined,
  close: () => undefined,
}

/** A browser that does not answer by then is gone on without: nobody waits for a log. */
const ANSWER_TIMEOUT_MS = 3_000

export async function openAheadLog(databaseName: string): Promise<AheadLog> {
  if (!('Worker' in globalThis) || typeof navigator === 'undefined' || !navigator.storage?.getDirectory) return NO_AHEAD_LOG
  try {
    const worker = new Worker(new URL('./ahead.worker.ts', import.meta.url), { type: 'module', name: 'ahead' })
    const call = callsTo(worker)
    const isOpen = await call({ kind: 'open', folder: `${databaseName}-ahead` })
    if (isOpen) return logOver(worker, call)
    worker.terminate()
    return NO_AHEAD_LOG
  } catch {
    return NO_AHEAD_LOG
  }
}

type Call = (request: AheadRequest) => Promise<AheadAnswer | null>

/** Requests in, answers out by number; `null` for one that failed or was never answered. */
function callsTo(worker: Worker): Call {
  const waiting = new Map<number, (answer: AheadAnswer | null) => void>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<AheadAnswer>) => {
    waiting.get(data.call)?.(data.isDone ? data : null)
    waiting.delete(data.call)
  })
  worker.addEventListener('error', () => {
    for (const answer of waiting.values()) answer(null)
    waiting.clear()
  })
  return (request) =>
    new Promise((resolve) => {
      const call = ++last
      const timer = setTimeout(() => settle(null), ANSWER_TIMEOUT_MS)
      const settle = (answer: AheadAnswer | null): void => {
        clearTimeout(timer)
        waiting.delete(call)
        resolve(answer)
      }
      waiting.set(call, settle)
      worker.postMessage({ call, request } satisfies AheadCall)
    })
}

function logOver(worker: Worker, call: Call): AheadLog {
  return {
    put: async (record) => (await call({ kind: 'put', record: packRecord(record) })) !== null,
    drop: (sketchId) => void call({ kind: 'drop', sketchId }),
    recover: async () => (await call({ kind: 'recover' }))?.texts.flatMap(readRecords) ?? [],
    forget: async () => {
      await call({ kind: 'forget' })
    },
    close: () => worker.terminate(),
  }
}
