/** What the augmentation panel shows: the pictures of a set, drawn by the very functions that a training is shown its pictures by (`shared/augment.ts`). */

import { type Augmentation, type AugmentedKind, augmented, drawAugmentation, type PlainPicture } from '../../../shared/augment'
import { mulberry32, seedOf } from '../../../shared/rng'
import type { EncodedPicture } from '../../../storage/photoTypes'
import { canvasOf } from '../canvas'

/** A picture or a pair of the set, to be shown as a training would be. */
export interface AugmentationExample {
  readonly id: string
  readonly a: EncodedPicture | null
  readonly b: EncodedPicture | null
}

/** What the two sides are; the trainer's methods take side A as photos and side B as pictures to be made. */
export interface SideKinds {
  readonly a: AugmentedKind
  readonly b: AugmentedKind
}

/** Sides of the pictures as a training takes them, and of the piece that a step is shown, in pixels. */
export interface PreviewSizes {
  readonly sizePx: number
  readonly cropPx: number
}

export interface DecodedExample {
  readonly a: PlainPicture | null
  readonly b: PlainPicture | null
}

/** A square of three channels; transparent places become white. Rejects where the browser cannot decode it. */
export async function decodeExample({ a, b }: AugmentationExample, sizePx: number): Promise<DecodedExample> {
  const plain = async (picture: EncodedPicture | null): Promise<PlainPicture | null> => {
    if (!picture) return null
    const blob = new Blob([picture.bytes], { type: picture.mime })
    const bitmap = await createImageBitmap(blob, { resizeWidth: sizePx, resizeHeight: sizePx, resizeQuality: 'high' })
    const { context } = canvasOf(sizePx, sizePx)
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, sizePx, sizePx)
    context.drawImage(bitmap, 0, 0, sizePx, sizePx)
    bitmap.close()
    return withoutAlpha(context.getImageData(0, 0, sizePx, sizePx).data, sizePx)
  }
  return { a: await plain(a), b: await plain(b) }
}

/** RGBA `[size · size · 4]` → three channels. */
function withoutAlpha(rgba: ArrayLike<number>, sizePx: number): PlainPicture {
  const data = new Uint8ClampedArray(3 * sizePx ** 2)
  for (let i = 0; i < sizePx ** 2; i++) for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = rgba[4 * i + channel] ?? 0
  return { sizePx, channels: 3, data }
}

/**
 * One draw of one example, as RGBA `[crop · crop · 4]`. The random numbers are those of the seed and the place, so that a setting that is moved changes what it is
 * about and nothing else.
 */
export function drawnExample(
  example: DecodedExample,
  settings: Augmentation,
  kinds: SideKinds,
  { sizePx, cropPx }: PreviewSizes,
  [seed, place]: readonly [seed: number, place: number],
): Readonly<Record<'a' | 'b', Uint8ClampedArray<ArrayBuffer> | null>> {
  const draw = drawAugmentation(settings, mulberry32(seedOf(seed, place)))
  const side = (which: 'a' | 'b') => {
    const picture = example[which]
    return picture && opaque(augmented(picture, kinds[which], draw, sizePx, cropPx))
  }
  return { a: side('a'), b: side('b') }
}

function opaque(rgb: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255)
  for (let i = 0; i < rgb.length / 3; i++) for (let channel = 0; channel < 3; channel++) rgba[4 * i + channel] = rgb[3 * i + channel] ?? 0
  return rgba
}
