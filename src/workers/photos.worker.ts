/**
 * The photos' worker: files from outside are decoded, scaled and looked at for faces here, so that the page stays free and can end it at any time. The finder
 * of faces is loaded with the first photo.
 */

import { transfer } from 'comlink'
import { cropToSquare } from '../faces/alignment'
import { facesOfPhoto, type PhotoFace } from '../faces/photoFaces'
import { faceRegions, landmarksOf, photoSketch } from '../faces/photoSketch'
import { toErrorReport } from '../shared/errors'
import type { RgbaImage } from '../shared/image'
import { openDataSets } from '../storage/dataSets'
import type { DataSetsWorkerApi } from './dataSetsProtocol'
import { exposeAlive } from './lifeLock'
import { openArchive, packSet } from './parts/dataSetArchive'
import { correctItem, takeItem, thumbnailsOfStored } from './parts/dataSetItems'
import { decode, decodePhoto, encode } from './parts/photoPixels'
import { readyFinder } from './parts/readyFinder'
import { once } from './parts/sources'
import type { OpenedPhoto, PhotosWorkerApi } from './photosProtocol'

const CROP_PX = 512
const THUMBNAIL_PX = 192
const QUALITY = { photo: 0.9, crop: 0.95, thumbnail: 0.85 } as const

const dataSets = once(() => openDataSets())

const api: PhotosWorkerApi & DataSetsWorkerApi = {
  open: (file, detectorUrl, onStage) =>
    answer(async () => {
      onStage('reading')
      const image = await decodePhoto(file)
      const faces = await facesOfPhoto(image, await readyFinder(detectorUrl, onStage))
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
  sketch: ({ crop, landmarks }, options) => answer(async () => photoSketch(await decode(crop, CROP_PX), landmarksOf(landmarks), options)),
  pixels: ({ crop, landmarks }, sizePx) =>
    answer(async () => {
      const image = await decode(crop, sizePx)
      const photo = Uint8ClampedArray.from(image.data)
      const regions = faceRegions(image, landmarksOf(landmarks))
      return transfer({ photo, regions }, [photo.buffer, regions.buffer])
    }),
  takeItem: (sources, detectorUrl, onStage) =>
    answer(async () => {
      onStage('reading')
      return takeItem(sources, await dataSets(), () => readyFinder(detectorUrl, onStage))
    }),
  openArchive: (zip, freeBytes) =>
    answer(async () => {
      const opened = await openArchive(new Uint8Array(await zip.arrayBuffer()), await dataSets(), thumbnailsOfStored, freeBytes)
      return transfer(
        opened,
        opened.files.map(({ bytes }) => bytes.buffer),
      )
    }),
  packSet: (id) => answer(async () => packSet(await dataSets(), id)),
  correctItem: (id, itemId, landmarks) => answer(async () => correctItem(await dataSets(), id, itemId, landmarks)),
}
exposeAlive(api)

/** An `Error`'s code would not survive the way. */
function answer<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => Promise.reject(toErrorReport(error)))
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
