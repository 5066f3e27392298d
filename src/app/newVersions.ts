/** Keeps the studio for use without a network, and offers a new version of it when one has come. */

import { keepOffline } from '../pwa/offline'
import type { InferenceClient } from '../workers/client'
import type { Notifier } from './notifier'
import type { SketchKeeper } from './sketchKeeper'

const SCRIPT = 'sw.js'
/** After the first face: what is kept is asked for again, and should compete with nothing. */
const AFTER_FACE_MS = 2_000

export function offerNewVersions(
  { store }: Pick<InferenceClient, 'store'>,
  keeper: Pick<SketchKeeper, 'flush'>,
  notifier: Pick<Notifier, 'newVersion'>,
): void {
  if (!import.meta.env.PROD) return
  const begin = (): void =>
    void keepOffline(SCRIPT, ({ use }) => notifier.newVersion(() => void keeper.flush().then(use))).catch(() => undefined)
  let stop = (): void => undefined
  const look = (): void => {
    if (store.getState().status === 'starting') return
    stop()
    setTimeout(begin, AFTER_FACE_MS)
  }
  stop = store.subscribe(look)
  look()
}
