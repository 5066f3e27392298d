/**
 * A file that is to be a photo: what it is and how large it will be, from its bytes alone and before anything is decoded. PNG, JPEG and WebP (RFC 9649)
 * are taken; everything else is refused with a sentence that says what to do.
 */

import { StudioError } from '../../shared/errors'
import { foreignTypeOf, imageKindOf, readImageHeader } from './imageHeader'

export const PHOTO_LIMITS = { fileBytes: 64 * 2 ** 20, sidePx: 16_384, megapixels: 110 } as const

export interface PhotoFile {
  /** With the type that its content has, by which decoders go. */
  readonly blob: Blob
  /** As stored: a camera that was held upright may have swapped them. */
  readonly width: number
  readonly height: number
}

/** Rejects with a `StudioError`: `unknown-file-type`, `bad-image` or `file-too-large`. */
export async function openPhotoFile(file: Blob): Promise<PhotoFile> {
  if (file.size === 0) throw noPhoto('This file is empty.')
  if (file.size > PHOTO_LIMITS.fileBytes) {
    const [size, most] = [file.size, PHOTO_LIMITS.fileBytes].map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`)
    throw new StudioError('file-too-large', `This file has ${size}; a photo may have ${most}. Save it smaller, then open it again.`)
  }
  const bytes = await bytesOf(file)
  const { type, width, height } = headerOf(bytes)
  if (width * height > PHOTO_LIMITS.megapixels * 1e6) {
    const megapixels = Math.round((width * height) / 1e6)
    throw new StudioError(
      'file-too-large',
      `This photo has ${megapixels} megapixels; at most ${PHOTO_LIMITS.megapixels} can be opened. Make it smaller, then open it again.`,
    )
  }
  return { blob: new Blob([bytes], { type }), width, height }
}

/**
 * In a browser, decoded upright. Rejects as `openPhotoFile` does.
 * @param mostPx about what its longer side is to have at most; a photo that is turned upright may have a little more
 */
export async function openPhotoBitmap(file: Blob, mostPx: number): Promise<ImageBitmap> {
  const { blob, width, height } = await openPhotoFile(file)
  const scale = Math.min(1, mostPx / Math.max(width, height))
  // Decoded at once at about that size: a large photo as a whole would take hundreds of megabytes. Only one side is given, which keeps the proportions of a
  // photo that is turned upright.
  const options = scale < 1 ? { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'high' as const } : {}
  return await createImageBitmap(blob, options).catch((cause: unknown) => {
    throw new StudioError(
      'bad-image',
      'This picture cannot be decoded; it may be damaged. Open it in another program and save it again as JPEG.',
      { cause },
    )
  })
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (cause) {
    throw new StudioError('bad-image', 'This file cannot be read. It may have been moved or changed: choose it again.', { cause })
  }
}

function headerOf(bytes: Uint8Array): { type: string; width: number; height: number } {
  const kind = imageKindOf(bytes)
  if (kind) return { type: `image/${kind}`, ...readImageHeader(bytes, kind, PHOTO_LIMITS.sidePx) }
  if (isWebp(bytes)) return { type: 'image/webp', ...readWebp(bytes) }
  const foreign = foreignTypeOf(bytes)
  if (foreign) throw noPhoto(`This is ${foreign}, which cannot be opened here.`)
  throw noPhoto('This file is no photo.')
}

const noPhoto = (what: string): StudioError =>
  new StudioError('unknown-file-type', `${what} Choose a JPEG, PNG or WebP; phones and most programs can save or share a photo as JPEG.`)

const asciiAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

const isWebp = (bytes: Uint8Array): boolean => asciiAt(bytes, 0) === 'RIFF' && asciiAt(bytes, 8) === 'WEBP'

/** Width and height from the first chunk: lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`). */
function readWebp(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const damaged = new StudioError(
    'bad-image',
    'This picture is damaged: it is cut off. Open it in another program and save it again as JPEG.',
  )
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) throw damaged
  const three = (at: number): number => view.getUint16(at, true) + (bytes[at + 2] ?? 0) * 65_536
  switch (asciiAt(bytes, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: three(24) + 1, height: three(27) + 1 }
    default:
      throw damaged
  }
}
