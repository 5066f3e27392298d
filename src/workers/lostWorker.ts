/** What a worker's rejection means: a loss of the worker, its back end or its device, or a failure of the request alone. */

import { type ErrorReport, toErrorReport } from '../shared/errors'

const LOSSES: ReadonlySet<string> = new Set(['device-lost', 'out-of-memory', 'worker-crashed', 'internal'])

/** A loss is answered with a new worker. */
export function isLoss({ code }: ErrorReport): boolean {
  return LOSSES.has(code)
}

/** The worker rejects with plain reports; anything else is comlink's or the browser's own. */
export function asReport(reason: unknown): ErrorReport {
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason && !(reason instanceof Error))
    return reason as ErrorReport
  return toErrorReport(reason)
}
