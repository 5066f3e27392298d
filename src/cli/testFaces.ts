/** For tests: sessions and faces in Node. */

import { fileURLToPath } from 'node:url'
import { chooseBackend } from '../inference/backends'
import { loadModel } from '../inference/loadModel'
import { openFaceSession } from '../inference/openSession'
import type { InferenceSession } from '../inference/session'
import type { Backend, GenerateRequest } from '../workers/protocol'
import { nodeBackends, readFrom } from './platform'
import { writeFace } from './sketchPng'
import type { MadeFace } from './testCase'

export const SHIPPED_MODELS = fileURLToPath(new URL('../../public/models', import.meta.url))

export async function openFaces(models: string, id: string, backend: Backend): Promise<InferenceSession> {
  const model = await loadModel(readFrom(models), id)
  return (await chooseBackend(nodeBackends(), model, { force: backend, exclude: [] }, openFaceSession)).session
}

/** One after another, as a session wants it. */
export async function makeFaces(session: InferenceSession, requests: readonly GenerateRequest[]): Promise<MadeFace[]> {
  const faces: MadeFace[] = []
  for (const request of requests) {
    const { pixels } = await session.generate(request)
    faces.push({ request, pixels, png: writeFace(new Uint8ClampedArray(pixels), session.settings.sizePx) })
  }
  return faces
}
