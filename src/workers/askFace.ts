/** A face, a picture of a photo, features of a sketch, asked of an inference worker: the one place where a request goes over the wire, its pixels transferred. */

import { type Remote, transfer } from 'comlink'
import type {
  FeatureChange,
  FeatureChangeRequest,
  FeatureRequest,
  Features,
  GeneratedFace,
  GeneratedPicture,
  GenerateRequest,
  InferenceWorkerApi,
  ModelRef,
  PictureRequest,
} from './protocol'

export function askFace(api: Remote<InferenceWorkerApi>, request: GenerateRequest, ref: ModelRef | null): Promise<GeneratedFace> {
  return api.generate(transfer(request, [request.sketch.buffer]), ref)
}

export function askPicture(api: Remote<InferenceWorkerApi>, request: PictureRequest, ref: ModelRef): Promise<GeneratedPicture> {
  const moved: Transferable[] = [request.photo.buffer as ArrayBuffer]
  if (request.face?.regions) moved.push(request.face.regions.buffer as ArrayBuffer)
  return api.paint(transfer(request, moved), ref)
}

export function askFeatures(api: Remote<InferenceWorkerApi>, request: FeatureRequest, ref: ModelRef): Promise<Features> {
  return api.features(transfer(request, [request.sketch.buffer]), ref)
}

export function askFeatureChange(api: Remote<InferenceWorkerApi>, request: FeatureChangeRequest, ref: ModelRef): Promise<FeatureChange> {
  return api.featureChange(transfer(request, [request.before.buffer, request.after.buffer]), ref)
}
