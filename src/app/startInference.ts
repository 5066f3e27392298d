/** Starts the generator as the address says: `?backend=wasm` forces a back end, `?model=ID` a model. */

import type { InferenceClient } from '../workers/client'
import { BACKENDS, type Backend } from '../workers/protocol'

/** @param modelId another model than the address says; the address then says it too */
export function startInference(inference: InferenceClient, modelId?: string): void {
  const address = new URL(location.href)
  if (modelId !== undefined) {
    address.searchParams.set('model', modelId)
    history.replaceState(null, '', address)
  }
  const shipped = address.searchParams.get('model')
  inference.start({
    modelsUrl: new URL('models/', document.baseURI).href,
    model: shipped === null ? null : { shipped },
    forceBackend: forcedBackend(),
    exclude: [],
  })
}

/** `null` where the address says none. */
export function forcedBackend(): Backend | null {
  const backend = new URL(location.href).searchParams.get('backend')
  return BACKENDS.find((known) => known === backend) ?? null
}
