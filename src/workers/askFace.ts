/** A face asked of an inference worker: the one place where a request goes over the wire, its sketch transferred. */

import { type Remote, transfer } from 'comlink'
import type { GeneratedFace, GenerateRequest, InferenceWorkerApi, ModelRef } from './protocol'

export function askFace(api: Remote<InferenceWorkerApi>, request: GenerateRequest, ref: ModelRef | null): Promise<GeneratedFace> {
  return api.generate(transfer(request, [request.sketch.buffer]), ref)
}
