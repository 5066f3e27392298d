/** The lab's worker: projections take a second or more, and are shown while they come about. */

import { project } from '../lab/projection'
import type { Projection, ProjectionRequest } from '../lab/projectionTypes'
import { StudioError, toErrorReport } from '../shared/errors'
import type { LabWorkerApi } from './labProtocol'
import { exposeAlive } from './lifeLock'

const api: LabWorkerApi = {
  async project(request, onStep) {
    try {
      return projected(request, onStep)
    } catch (error) {
      // An `Error`'s code would not survive the way.
      throw toErrorReport(error)
    }
  },
}
exposeAlive(api)

function projected(request: ProjectionRequest, onStep: (projection: Projection) => unknown): Projection {
  let last: Projection | null = null
  for (const projection of project(request)) {
    last = projection
    // Over the wire a call; nobody waits for its answer.
    void Promise.resolve(onStep(projection)).catch(() => undefined)
  }
  if (!last) throw new StudioError('internal', 'The projection has no picture.')
  return last
}
