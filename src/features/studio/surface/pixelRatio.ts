/** Device pixels per CSS pixel of the surface, which change when the window moves to another screen and with the browser's zoom. */

/** More than this no eye sees in a moving line, and every frame would cost it. */
const MOST = 2

export function surfacePixelRatio(): number {
  return Math.min(MOST, Math.max(1, window.devicePixelRatio))
}

/** Calls back when the ratio may have changed, until the returned function is called. */
export function watchPixelRatio(listener: () => void): () => void {
  let query: MediaQueryList | null = null
  const onChange = (): void => {
    watch()
    listener()
  }
  /** A query for the present ratio stops matching when it changes; then a new one is needed. */
  const watch = (): void => {
    query?.removeEventListener('change', onChange)
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', onChange)
  }
  watch()
  // Some browsers tell of it by the size alone.
  window.addEventListener('resize', onChange)
  return () => {
    query?.removeEventListener('change', onChange)
    window.removeEventListener('resize', onChange)
  }
}
