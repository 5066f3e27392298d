/** Device pixels per CSS pixel of the surface, which change when the window moves to another screen and with the browser's zoom. */

import { useSyncExternalStore } from 'react'

/** More than this no eye sees in a moving line, and every frame would cost it. */
const MOST = 2

export function surfacePixelRatio(): number {
  return Math.min(MOST, Math.max(1, window.devicePixelRatio))
}

export function useSurfacePixelRatio(): number {
  return useSyncExternalStore(subscribe, surfacePixelRatio)
}

/** A query for the present ratio stops matching when it changes; then a new one is needed. */
function subscribe(listener: () => void): () => void {
  let query: MediaQueryList | null = null
  const onChange = (): void => {
    watch()
    listener()
  }
  const watch = (): void => {
    query?.removeEventListener('change', onChange)
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', onChange)
  }
  watch()
  // Some browsers change the ratio with the size alone.
  window.addEventListener('resize', onChange)
  return () => {
    query?.removeEventListener('change', onChange)
    window.removeEventListener('resize', onChange)
  }
}
