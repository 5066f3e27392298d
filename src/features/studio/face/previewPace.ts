/** When a preview of the stroke under the pen may be sent: never on a slow back end, and never so often that the final face waits behind one. */

/** Slower than this, a preview would more often delay the face of the finished stroke than please. */
const SLOWEST_FACE_MS = 400
/** Short strokes end before a preview would help. */
const LEAST_GESTURE_MS = 180

export interface PreviewMoment {
  /** Since the pen came down. */
  readonly gestureMs: number
  /** Since the last preview came home. */
  readonly sinceLastMs: number
  /** What the last face took. */
  readonly faceMs: number
}

export function previewIsDue({ gestureMs, sinceLastMs, faceMs }: PreviewMoment): boolean {
  return faceMs <= SLOWEST_FACE_MS && gestureMs >= LEAST_GESTURE_MS && sinceLastMs >= faceMs
}
