/** Every message between the page and the lab's worker: vectors in, places in the plane out. Rejections are plain `ErrorReport`s. */

import type { Projection, ProjectionRequest } from '../lab/projectionTypes'

export type { Projection, ProjectionMethod, ProjectionRequest } from '../lab/projectionTypes'

export interface LabWorkerApi {
  /**
   * @param request its vectors are transferred
   * @param onStep told how it comes about; the last one is the result
   */
  project(request: ProjectionRequest, onStep: (projection: Projection) => void): Promise<Projection>
}
