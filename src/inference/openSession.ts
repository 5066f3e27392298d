/** Model → session, by what the model is for. */

import type { Backend } from '../workers/protocol'
import type { LoadedModel } from './loadModel'
import { PictureSession } from './pictureSession'
import { ReaderSession } from './readerSession'
import { InferenceSession } from './session'
import { isPictureSettings } from './tasks'

export type AnySession = InferenceSession | PictureSession | ReaderSession

export const openSession = (model: LoadedModel, backend: Backend): AnySession => {
  const { task } = model.manifest
  if (isPictureSettings(task)) return new PictureSession(model, backend)
  return task.id === 'readFace' ? new ReaderSession(model, backend) : new InferenceSession(model, backend)
}

/** @throws StudioError for a model that makes no faces of sketches */
export const openFaceSession = (model: LoadedModel, backend: Backend): InferenceSession => new InferenceSession(model, backend)

/** @throws StudioError for a model that makes no pictures of photos */
export const openPictureSession = (model: LoadedModel, backend: Backend): PictureSession => new PictureSession(model, backend)
