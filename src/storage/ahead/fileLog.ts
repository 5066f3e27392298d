/**
 * A write-ahead log on the disk: records go to a worker of their own, which has them in the origin's private file system within milliseconds. `null` where the
 * browser has none (plain http, some private modes).
 */

import type { AheadLog } from './aheadLog'
import type { AheadAnswer, AheadCall, AheadRequest } from './aheadMessages'
import { packRecord, readRecords } from './aheadRecord'

/** A browser that does not answer by then is gone on without: nobody waits for a log. */
const ANSWER_TIMEOUT_MS = 3_000

export async function openFileLog(databaseName: string): Promise<AheadLog | null> {
  if (!('Worker' in globalThis) || typeof navigator === 'undefined' || !navigator.storage?.getDirectory) return null
  try {
    const worker = new Worker(new URL('./ahead.worker.ts', import.meta.url), { type: 'module', name: 'ahead' })
    const call = callsTo(worker)
    const isOpen = await call({ kind: 'open', folder: `${databaseName}-ahead` })
    if (isOpen) return logOver(worker, call)
    worker.terminate()
    return null
  } catch {
    return null
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
