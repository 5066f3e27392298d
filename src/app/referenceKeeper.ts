/** Keeps the reference picture with its sketch: brought when a sketch comes onto the page, written when it is changed. */

import { fitted, OPACITY, type Reference } from '../features/studio/reference/reference'
import { canvasOf, encoded } from '../features/ui/canvas'
import { openPhotoBitmap } from '../storage/exchange/photoFile'
import type { EncodedPicture } from '../storage/photoTypes'
import type { ReferenceLibrary } from '../storage/references'
import type { ReferencePicture } from '../storage/referenceTable'
import type { SketchKeeper } from './sketchKeeper'

/** Sharp under the page at twice its usual size on a screen. */
const KEEP_SIDE_PX = 2048
const QUALITY = 0.9
/** A slider that moves is written when it rests. */
const REST_MS = 250

interface Parts {
  readonly reference: Reference
  readonly library: ReferenceLibrary
  readonly keeper: Pick<SketchKeeper, 'store' | 'keep'>
  readonly onError: (error: unknown) => void
}

export function keepReference({ reference, library, keeper, onError }: Parts): void {
  const onPage = (): string => keeper.store.getState().sketchId
  let shownFor: string | null = null
  let saved: ReferencePicture | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    const next = reference.store.getState().reference
    if (shownFor === null || next === saved) return
    saved = next
    // Without its sketch nobody would find it again, and nothing would ever purge it.
    if (next && shownFor === onPage()) keeper.keep()
    library.save(shownFor, next).catch(onError)
  }
  const bring = async (sketchId: string): Promise<void> => {
    write()
    shownFor = null
    const stored = await library.load(sketchId)
    if (onPage() !== sketchId) return
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
  keeper.store.subscribe(({ sketchId }, before) => {
    if (sketchId !== before.sketchId) bring(sketchId).catch(onError)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') write()
  })
  bring(onPage()).catch(onError)
}

/** Upright, and about as large as is worth keeping. Rejects with a `StudioError` that says what to do. */
export async function readReference(file: Blob): Promise<ReferencePicture> {
  const image = await openPhotoBitmap(file, KEEP_SIDE_PX)
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
