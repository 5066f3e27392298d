/** The page's side of the lab's worker: started with the first projection, watched, ended when nobody has asked for a while. */

import { transfer } from 'comlink'
import { StudioError } from '../shared/errors'
import type { LabWorkerApi, Projection, ProjectionRequest } from './labProtocol'
import { spawnLabWorker, type WorkerHandle } from './spawn'
import { WorkerLink } from './workerLink'

export type { Projection, ProjectionMethod, ProjectionRequest } from './labProtocol'

const IDLE_MS = 60_000
/** Each picture of a projection counts as a sign of life. */
const LONGEST_MS = 30_000

export class LabClient {
  private readonly link: WorkerLink<LabWorkerApi>

  constructor(spawn: () => WorkerHandle = spawnLabWorker) {
    this.link = new WorkerLink({ spawn, name: "The lab's worker", idleMs: IDLE_MS, onLost: () => undefined })
  }

  /**
   * @param lane of its requests the newest wins
   * @returns `null` when a newer request of the lane has taken this one's place; rejects with a `StudioError`
   */
  project(lane: string, request: ProjectionRequest, onStep: (projection: Projection) => void): Promise<Projection | null> {
    return this.link.request(lane, async () => {
      const known = this.link.connection
      const connection = known ?? this.link.connect(new StudioError('worker-crashed', 'The worker is being started again.'))
      const listen = this.link.listener(connection, (projection: Projection) => {
        this.link.expect(LONGEST_MS)
        onStep(projection)
      })
      try {
        return await this.link.call(connection, LONGEST_MS, (api) => api.project(transfer(request, [request.vectors.buffer]), listen))
      } finally {
        if (!known && connection.isCurrent) connection.settle()
      }
    })
  }

  /** Ends whatever it is doing. */
  stop(): void {
    this.link.disconnect(new StudioError('internal', 'The projection was stopped.'))
  }
}
