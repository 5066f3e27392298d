/** Model files by `fetch`, with progress and errors that say what to do. */

import { StudioError } from '../shared/errors'
import type { ReadFile } from './loadModel'

/** @param modelsUrl absolute URL of the folder `models/`, ending in a slash */
export function fetchFrom(modelsUrl: string): ReadFile {
  return async (path, onBytes) => {
    const response = await request(new URL(path, modelsUrl), path)
    try {
      return await (onBytes && response.body ? collect(response.body, onBytes) : response.arrayBuffer())
    } catch (cause) {
      throw unreachable(path, cause)
    }
  }
}

async function request(url: URL, path: string): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url)
  } catch (cause) {
    throw unreachable(path, cause)
  }
  // A server for single-page applications answers an unknown path with its page.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
  if (response.ok && !isPage) return response
  throw new StudioError(
    'model-not-found',
    `There is no model file "${path}" on this server. Check the model's id, or install the model again.`,
  )
}

function unreachable(path: string, cause: unknown): StudioError {
  return new StudioError(
    'model-not-found',
    `The model file "${path}" could not be loaded. Check that the studio's server is running, then reload.`,
    { cause },
  )
}

async function collect(body: ReadableStream<Uint8Array>, onBytes: (loaded: number) => void): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = []
  let loaded = 0
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    loaded += value.length
    onBytes(loaded)
  }
  const all = new Uint8Array(loaded)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.length
  }
  return all.buffer
}
