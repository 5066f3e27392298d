/** The whole screen for the studio, where the browser gives it: phones of Apple do not. */

export const canFillScreen = (): boolean => typeof document !== 'undefined' && document.fullscreenEnabled === true

/** A refusal (a policy, a person who said no) leaves everything as it was. */
export async function toggleFullScreen(): Promise<void> {
  if (!canFillScreen()) return
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
  } catch {
    // The browser has the last word.
  }
}
