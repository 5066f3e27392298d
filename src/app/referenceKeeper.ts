/** Keeps the reference picture with its sketch: brought when a sketch comes onto the page, written when it is changed. */

import type { StoreApi } from 'zustand/vanilla'
import { fitted, OPACITY, type Reference } from '../features/studio/reference/reference'
import { canvasOf, encoded } from '../features/ui/canvas'
import { StudioError } from '../shared/errors'
import { openPhotoFile } from '../storage/exchange/photoFile'
import type { EncodedPicture } from '../storage/photoTypes'
import type { ReferenceLibrary } from '../storage/references'
import type { ReferencePicture } from '../storage/referenceTable'

/** Sharp under the page at twice its usual size on a screen. */
const KEEP_SIDE_PX = 2048
const QUALITY = 0.9
/** A slider that moves is written when it rests. */
const REST_MS = 250
export const REFERENCE_FILES = 'image/png,image/jpeg,image/webp'

interface Parts {
  readonly reference: Reference
  readonly library: ReferenceLibrary
  /** Which sketch is on the page. */
  readonly sketches: Pick<StoreApi<{ readonly sketchId: string }>, 'getState' | 'subscribe'>
  readonly onError: (error: unknown) => void
}

export function keepReference({ reference, library, sketches, onError }: Parts): void {
  let shownFor: string | null = null
  let saved: ReferencePicture | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    const next = reference.store.getState().reference
    if (shownFor === null || next === saved) return
    saved = next
    library.save(shownFor, next).catch(onError)
  }
  const bring = async (sketchId: string): Promise<void> => {
    write()
    shownFor = null
    const stored = await library.load(sketchId)
    if (sketches.getState().sketchId !== sketchId) return
    saved = stored
    shownFor = sketchId
    await reference.show(stored)
  }
  reference.store.subscribe((state, before) => {
    if (state.reference === before.reference || state.reference === saved) return
    clearTimeout(timer)
    // A picture that came or went is written at once.
    if (state.reference?.picture === before.reference?.picture) timer = setTimeout(write, REST_MS)
    else write()
  })
  sketches.subscribe(({ sketchId }, before) => {
    if (sketchId !== before.sketchId) bring(sketchId).catch(onError)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') write()
  })
  bring(sketches.getState().sketchId).catch(onError)
}

/** Upright, and no larger than is worth keeping. Rejects with a `StudioError` that says what to do. */
export async function readReference(file: Blob): Promise<ReferencePicture> {
  const { blob, width, height } = await openPhotoFile(file)
  const shrink = Math.min(1, KEEP_SIDE_PX / Math.max(width, height))
  // Of a photo that is turned upright only one side may be named, or its proportions would go.
  const options = shrink < 1 ? { resizeWidth: Math.max(1, Math.round(width * shrink)), resizeQuality: 'high' as const } : {}
  const image = await createImageBitmap(blob, options).catch((cause: unknown) => {
    throw new StudioError('bad-image', 'This picture cannot be decoded; it may be damaged. Save it again in another program as JPEG.', {
      cause,
    })
  })
  try {
    const { canvas, context } = canvasOf(image.width, image.height)
    context.drawImage(image, 0, 0)
    const made = await encoded(canvas, 'image/webp', QUALITY)
    // A browser that cannot write WebP answers with PNG.
    const picture: EncodedPicture = {
      mime: made.type === 'image/webp' ? 'image/webp' : 'image/png',
      bytes: new Uint8Array(await made.arrayBuffer()),
    }
    const size = { width: image.width, height: image.height }
    return { picture, ...size, ...fitted(size), opacity: OPACITY, isShown: true }
  } finally {
    image.close()
  }
}

/** The browser's own way to choose a file. */
export function pickReference(take: (file: File) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = REFERENCE_FILES
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) take(file)
  })
  input.click()
}
