/** A loaded face reader on the current TensorFlow.js back end. One pass at a time; the caller waits for `read` before the next one. */

import { StudioError } from '../shared/errors'
import type { Backend } from '../workers/protocol'
import type { LoadedModel } from './loadModel'
import { ModelPass } from './modelPass'
import { type FaceReading, type ReadFaceRequest, type ReadFaceSettings, readFace } from './tasks/readFace'

export class ReaderSession {
  readonly model: LoadedModel
  readonly backend: Backend
  readonly settings: ReadFaceSettings
  private readonly pass: ModelPass

  /** Puts the model's parameters on the current back end. */
  constructor(model: LoadedModel, backend: Backend) {
    const { task } = model.manifest
    if (task.id !== 'readFace') throw new StudioError('bad-request', `The model "${model.manifest.id}" reads no faces.`)
    this.model = model
    this.backend = backend
    this.settings = task
    this.pass = new ModelPass(model)
  }

  /** Largest absolute difference to the golden maps, in logits. Warms every kernel up on the way. */
  goldenDifference(): Promise<number> {
    return this.pass.goldenDifference()
  }

  async read(request: ReadFaceRequest): Promise<FaceReading> {
    const arrays = readFace.arraysOf(this.settings, request)
    const reading = readFace.decode(this.settings, await this.pass.run(arrays), arrays)
    if (!reading) throw new StudioError('device-lost', 'The graphics device gave no valid picture. The studio goes on with another one.')
    return reading
  }

  dispose(): void {
    this.pass.dispose()
  }
}
