/**
 * The interface's end of one worker, whatever it serves: it is started when it is needed, watched for silence and silent death, asked one thing at a time, the
 * newest request of each lane winning, and ended when nobody has asked for a while. What follows a loss is for the host to say (`onLost`).
 */

import { proxy, type Remote, wrap } from 'comlink'
import { type ErrorReport, StudioError } from '../shared/errors'
import { LatestWins } from './latestWins'
import { asReport, isLoss } from './lostWorker'
import type { WorkerHandle } from './spawn'
import { Watchdog } from './watchdog'

export interface LinkHost {
  readonly spawn: () => WorkerHandle
  /** Of the worker, to begin a sentence with: "The generator's worker". */
  readonly name: string
  /**
   * The worker is gone, or must go. The host may connect again at once; a worker that it leaves is ended, and what it was asked rejected.
   * @param lane whose turn it was
   */
  readonly onLost: (report: ErrorReport, connection: Connection, lane: string | null) => void
  /** Without a request for this long the worker is ended and its memory given back; left out, it stays. */
  readonly idleMs?: number
}

/** One worker's life. What comes from one that has been left is not listened to. */
export interface Connection {
  readonly isCurrent: boolean
  /** It has answered its first call, and surely holds its lock: from now on a silent death is noticed too. */
  settle(): void
}

interface Live<Api> {
  readonly handle: WorkerHandle
  readonly api: Remote<Api>
  isCurrent: boolean
  isSettled: boolean
  settle(): void
}

export class WorkerLink<Api extends object> {
  private readonly host: LinkHost
  private readonly watchdog = new Watchdog(() => this.onSilence())
  private readonly lanes = new Map<string, LatestWins<() => Promise<unknown>, unknown>>()
  private live: Live<Api> | null = null
  /** The lane whose turn it is. */
  private serving: string | null = null
  private last: Promise<unknown> = Promise.resolve()
  /** Counts workers: whoever waits for a turn when one ends has been answered. */
  private era = 0
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(host: LinkHost) {
    this.host = host
  }

  get connection(): Connection | null {
    return this.live
  }

  /** A new worker. One that is there is ended, and what it was asked rejected with this reason. */
  connect(reason: StudioError): Connection {
    if (this.live) this.disconnect(reason)
    const handle = this.host.spawn()
    const live: Live<Api> = {
      handle,
      api: wrap<Api>(handle.endpoint),
      isCurrent: true,
      isSettled: false,
      settle() {
        this.isSettled = true
        handle.watch()
      },
    }
    this.live = live
    handle.onCrash((why) => this.lose(live, this.crashed(`crashed: ${why}`)))
    return live
  }

  /**
   * Work that asks the worker, when its turn has come: one at a time for the whole worker, so that its silence is that work's and the next one is made as late as
   * can be. `null` when a newer request in the same lane has taken this one's place.
   */
  request<T>(lane: string, work: () => Promise<T>): Promise<T | null> {
    let queue = this.lanes.get(lane)
    if (!queue) {
      queue = new LatestWins((next: () => Promise<unknown>) => this.inTurn(lane, next))
      this.lanes.set(lane, queue)
    }
    return queue.submit(work) as Promise<T | null>
  }

  /**
   * One call of the worker, which must show a sign of life within `withinMs`. Rejects with a `StudioError`; what it says of the worker itself counts as its loss.
   * @param connection the worker that is meant: one that has been left is not asked
   */
  async call<T>(connection: Connection, withinMs: number, run: (api: Remote<Api>) => Promise<T>): Promise<T> {
    const { live } = this
    if (!live || live !== connection) throw new StudioError('internal', 'This worker has been ended.')
    this.watchdog.expect(withinMs)
    try {
      return await run(live.api)
    } catch (reason) {
      const report = asReport(reason)
      if (isLoss(report)) this.lose(live, report)
      throw new StudioError(report.code, report.message)
    } finally {
      if (live.isCurrent) this.watchdog.stop()
    }
  }

  /** A listener to give to this worker; it hears nothing more once the worker has been left. */
  listener<E>(connection: Connection, listen: (event: E) => void): (event: E) => void {
    return proxy((event: E) => {
      if (connection.isCurrent) listen(event)
    })
  }

  /** A sign of life: the next one is due within this time. */
  expect(withinMs: number): void {
    this.watchdog.expect(withinMs)
  }

  /** This worker is gone: the host says what then. */
  lose(connection: Connection, report: ErrorReport): void {
    if (!connection.isCurrent) return
    this.host.onLost(report, connection, this.serving)
    // Unless the host has connected again by itself.
    if (connection.isCurrent) this.disconnect(new StudioError(report.code, report.message))
  }

  /** Ends the worker; whoever waits for it is told this reason. */
  disconnect(reason: StudioError): void {
    clearTimeout(this.idle)
    this.watchdog.stop()
    const { live } = this
    if (live) {
      live.isCurrent = false
      live.handle.terminate()
    }
    this.live = null
    this.serving = null
    this.era++
    // Calls to a worker that is gone are never answered.
    this.last = Promise.resolve()
    for (const lane of this.lanes.values()) lane.abandon(reason)
  }

  private inTurn<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const { era } = this
    const turn = this.last.then(() => {
      if (era !== this.era) throw new StudioError('internal', 'Nobody waits for this answer any more.')
      return this.serve(lane, work)
    })
    this.last = turn.catch(() => {})
    return turn
  }

  private async serve<T>(lane: string, work: () => Promise<T>): Promise<T> {
    clearTimeout(this.idle)
    this.serving = lane
    const { era } = this
    try {
      return await work()
    } finally {
      // After a loss another worker's request may be under way.
      if (era === this.era) this.rest()
    }
  }

  private rest(): void {
    this.serving = null
    clearTimeout(this.idle)
    const { idleMs } = this.host
    if (idleMs === undefined || !this.live) return
    this.idle = setTimeout(() => this.disconnect(new StudioError('internal', 'The model was put away.')), idleMs)
  }

  private onSilence(): void {
    const { live } = this
    if (live) this.lose(live, this.crashed(live.isSettled ? 'gave no answer in time' : 'did not start in time'))
  }

  private crashed(what: string): ErrorReport {
    return { code: 'worker-crashed', message: `${this.host.name} ${what}.` }
  }
}
