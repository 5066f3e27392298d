/** A face, a picture of a photo, or what a face is read as, asked of an inference worker: the one place where a request goes over the wire, its pixels transferred. */

import { type Remote, transfer } from 'comlink'
import type {
  FaceReading,
  GeneratedFace,
  GeneratedPicture,
  GenerateRequest,
  InferenceWorkerApi,
  ModelRef,
  PictureRequest,
  ReadFaceRequest,
} from './protocol'

export function askFace(api: Remote<InferenceWorkerApi>, request: GenerateRequest, ref: ModelRef | null): Promise<GeneratedFace> {
  return api.generate(transfer(request, [request.sketch.buffer]), ref)
}

export function askPicture(api: Remote<InferenceWorkerApi>, request: PictureRequest, ref: ModelRef): Promise<GeneratedPicture> {
  const moved: Transferable[] = [request.photo.buffer as ArrayBuffer]
  if (request.face?.regions) moved.push(request.face.regions.buffer as ArrayBuffer)
  return api.paint(transfer(request, moved), ref)
}

export function askReading(api: Remote<InferenceWorkerApi>, request: ReadFaceRequest, ref: ModelRef): Promise<FaceReading> {
  return api.read(transfer(request, [request.photo.buffer as ArrayBuffer]), ref)
}
