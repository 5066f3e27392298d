/**
 * The photos' worker: files from outside are decoded, scaled and looked at for faces here, so that the page stays free and can end it at any time. The finder
 * of faces is loaded with the first photo.
 */

import { transfer } from 'comlink'
import { loadFaceFinder } from '../detection/browser'
import { cropToSquare } from '../faces/alignment'
import type { FaceFinder } from '../faces/faceFinder'
import { facesOfPhoto, type PhotoFace } from '../faces/photoFaces'
import { faceRegions, landmarksOf, photoSketch } from '../faces/photoSketch'
import { wasmSetup } from '../inference/setups/wasm'
import { WASM_FILES } from '../inference/setups/wasmFiles'
import { StudioError, toErrorReport } from '../shared/errors'
import type { RgbaImage } from '../shared/image'
import { openPhotoFile } from '../storage/exchange/photoFile'
import type { EncodedPicture } from '../storage/photoTypes'
import { exposeAlive } from './lifeLock'
import type { OpenedPhoto, PhotoStage, PhotosWorkerApi } from './photosProtocol'

/** Photos are kept up to this size: a face that fills a third of one still has more pixels than any model takes. */
const KEEP_SIDE_PX = 1600
const CROP_PX = 512
const THUMBNAIL_PX = 192
const QUALITY = { photo: 0.9, crop: 0.95, thumbnail: 0.85 } as const

let finder: Promise<FaceFinder> | null = null

const api: PhotosWorkerApi = {
  open: (file, detectorUrl, onStage) =>
    answer(async () => {
      onStage('reading')
      const image = await decodePhoto(file)
      const faces = await facesOfPhoto(image, await ready(detectorUrl, onStage))
      return encoded(image, faces)
    }),
  cut: (photo, square) =>
    answer(async () => {
      const crop = cropToSquare(await decode(photo, null), square, CROP_PX)
      return {
        crop: await encode(crop, CROP_PX, 'image/webp', QUALITY.crop),
        thumbnail: await encode(crop, THUMBNAIL_PX, 'image/webp', QUALITY.thumbnail),
      }
    }),
  sketch: ({ crop, landmarks }, options) => answer(async () => photoSketch(await decode(crop), landmarksOf(landmarks), options)),
  pixels: ({ crop, landmarks }, sizePx) =>
    answer(async () => {
      const image = await decode(crop, sizePx)
      const photo = Uint8ClampedArray.from(image.data)
      const regions = faceRegions(image, landmarksOf(landmarks))
      return transfer({ photo, regions }, [photo.buffer, regions.buffer])
    }),
}
exposeAlive(api)

/** An `Error`'s code would not survive the way. */
function answer<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => Promise.reject(toErrorReport(error)))
}

async function ready(detectorUrl: string, onStage: (stage: PhotoStage) => void): Promise<FaceFinder> {
  if (!finder) onStage('loading-finder')
  finder ??= load(detectorUrl).catch((error: unknown) => {
    finder = null
    throw error
  })
  const loaded = await finder
  onStage('finding')
  return loaded
}

async function load(detectorUrl: string): Promise<FaceFinder> {
  const result = await wasmSetup(WASM_FILES)(true)
  if (result.outcome !== 'ready') throw new StudioError('no-backend', `The face finder cannot run here: ${result.detail}.`)
  return loadFaceFinder(detectorUrl)
}

/** Upright, opaque, no larger than is kept. */
async function decodePhoto(file: Blob): Promise<RgbaImage> {
  const { blob, width, height } = await openPhotoFile(file)
  const scale = Math.min(1, KEEP_SIDE_PX / Math.max(width, height))
  // Decoded at once at about the size that is kept: a large photo as a whole would take hundreds of megabytes. Only one side is given, which keeps the
  // proportions of a photo that is turned upright.
  const options = scale < 1 ? { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'high' as const } : {}
  const bitmap = await createImageBitmap(blob, options).catch((cause: unknown) => {
    throw new StudioError(
      'bad-image',
      'This photo cannot be decoded; it may be damaged. Open it in another program and save it again as JPEG.',
      { cause },
    )
  })
  try {
    const shrink = Math.min(1, KEEP_SIDE_PX / Math.max(bitmap.width, bitmap.height))
    return drawn(bitmap, Math.max(1, Math.round(bitmap.width * shrink)), Math.max(1, Math.round(bitmap.height * shrink)))
  } finally {
    bitmap.close()
  }
}

/** @param sizePx of a square; `null` is the picture's own size */
async function decode({ bytes, mime }: EncodedPicture, sizePx: number | null = CROP_PX): Promise<RgbaImage> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }))
  try {
    return drawn(bitmap, sizePx ?? bitmap.width, sizePx ?? bitmap.height)
  } finally {
    bitmap.close()
  }
}

/** Transparent places become white. */
function drawn(bitmap: ImageBitmap, width: number, height: number): RgbaImage {
  const { context } = canvasOf(width, height)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return { width, height, data }
}

function canvasOf(width: number, height: number): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new StudioError('internal', 'The browser gives no canvas to read the photo with. Reload the page and try again.')
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}

async function encoded(image: RgbaImage, found: readonly PhotoFace[]): Promise<OpenedPhoto> {
  const cut = found.map(({ square }) => cropToSquare(image, square, CROP_PX))
  const crops = await Promise.all(cut.map((crop) => encode(crop, CROP_PX, 'image/webp', QUALITY.crop)))
  const thumbnails = await Promise.all(cut.map((crop) => encode(crop, THUMBNAIL_PX, 'image/webp', QUALITY.thumbnail)))
  const faces = found.map(({ square, landmarks, yawDegrees, pitchDegrees }) => {
    const flat = landmarks.flat()
    return { square, landmarks: flat, found: flat, yawDegrees, pitchDegrees }
  })
  const { width, height } = image
  const photo = await encode(image, Math.max(width, height), 'image/jpeg', QUALITY.photo)
  return { width, height, photo, faces, crops, thumbnails, whole: await encode(image, THUMBNAIL_PX, 'image/webp', QUALITY.thumbnail) }
}

/** @param sidePx of the longer side */
async function encode(
  { data, width, height }: RgbaImage,
  sidePx: number,
  type: EncodedPicture['mime'],
  quality: number,
): Promise<EncodedPicture> {
  const source = canvasOf(width, height)
  source.context.putImageData(new ImageData(Uint8ClampedArray.from(data), width, height), 0, 0)
  const scale = sidePx / Math.max(width, height)
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  let { canvas } = source
  if (scale !== 1) {
    const target = canvasOf(w, h)
    target.context.drawImage(source.canvas, 0, 0, w, h)
    canvas = target.canvas
  }
  const blob = await canvas.convertToBlob({ type, quality })
  // A browser that cannot write WebP answers with PNG.
  const mime = blob.type === type ? type : 'image/png'
  return { mime, bytes: new Uint8Array(await blob.arrayBuffer()) }
}
