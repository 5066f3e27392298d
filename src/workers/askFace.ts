/** A face, or a picture of a photo, asked of an inference worker: the one place where a request goes over the wire, its pixels transferred. */

import { type Remote, transfer } from 'comlink'
import type { GeneratedFace, GeneratedPicture, GenerateRequest, InferenceWorkerApi, ModelRef, PictureRequest } from './protocol'

export function askFace(api: Remote<InferenceWorkerApi>, request: GenerateRequest, ref: ModelRef | null): Promise<GeneratedFace> {
  return api.generate(transfer(request, [request.sketch.buffer]), ref)
}

export function askPicture(api: Remote<InferenceWorkerApi>, request: PictureRequest, ref: ModelRef): Promise<GeneratedPicture> {
  const moved: Transferable[] = [request.photo.buffer as ArrayBuffer]
  if (request.face?.regions) moved.push(request.face.regions.buffer as ArrayBuffer)
  return api.paint(transfer(request, moved), ref)
}
