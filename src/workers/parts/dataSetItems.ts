/** Pictures from outside → items of a data set: faces found, both sides cut by one square, landmarks and regions of the photo. In a worker of the browser. */

import { type AlignedSquare, cropToSquare, sidePx } from '../../faces/alignment'
import type { FaceFinder } from '../../faces/faceFinder'
import type { Landmarks68 } from '../../faces/landmarks'
import { lineDrawing } from '../../faces/lineDrawing'
import { facesOfPhoto } from '../../faces/photoFaces'
import { faceRegions, landmarksOf } from '../../faces/photoSketch'
import { newId } from '../../shared/ids'
import { type RgbaImage, resizeSquare } from '../../shared/image'
import type { DataSets, Thumbnails } from '../../storage/dataSets'
import type { EncodedPicture } from '../../storage/photoTypes'
import type { ItemSources, LeftOutReason, TakenItem } from '../dataSetsProtocol'
import { decode, decodePhoto, encode } from './photoPixels'

const MOST_PX = 512
/** Of fewer pixels no model learns a face. */
const LEAST_PX = 64
const REGIONS_PX = 256
const THUMBNAIL_PX = 160
const QUALITY = { crop: 0.92, thumbnail: 0.8 } as const
/** Widths over heights of two sides of a pair may differ by this much: a line of pixels that one program cut off. */
const SHAPE_TOLERANCE = 0.02

interface Sides<T> {
  readonly a: T | null
  readonly b: T | null
}

/** What an item is cut by, in pixels of `of`. */
interface Cut {
  readonly of: RgbaImage
  readonly square: AlignedSquare
  /** In 0–1 of the square; `null` where the middle was taken. */
  readonly landmarks: Landmarks68 | null
}

/** Rejects with a `StudioError` where a file cannot be read or nothing can be written. */
export async function takeItem(sources: ItemSources, sets: DataSets, finder: () => Promise<FaceFinder>): Promise<TakenItem> {
  const read = await readSides(sources)
  if (typeof read === 'string') return { leftOut: read }
  const cut = await cutOf(read, await finder(), sources)
  if (typeof cut === 'string') return { leftOut: cut }
  const cropped = { a: read.a && cropLike(read.a, cut), b: read.b && cropLike(read.b, cut) }
  const found = cut.landmarks?.flat() ?? null
  const photo = cut.of === read.a ? cropped.a : read.a && cropped.b
  const regions = photo && cut.landmarks && faceRegions(resizeSquare(photo, REGIONS_PX), cut.landmarks)
  const crops = sources.drawsB && cropped.a && !cropped.b ? { ...cropped, b: lineDrawing(cropped.a, regions) } : cropped
  const item = {
    dataSetId: sources.dataSetId,
    id: newId(),
    name: sources.name,
    heldOut: sources.heldOut,
    a: crops.a && (await encode(crops.a, crops.a.width, 'image/webp', QUALITY.crop)),
    b: crops.b && (await encode(crops.b, crops.b.width, 'image/webp', QUALITY.crop)),
    landmarks: found,
    found,
    regions,
  }
  await sets.putItems([item], new Map([[item.id, await thumbnailsOf(crops)]]))
  return { leftOut: null }
}

/** Points as a person has moved them; the regions follow. */
export async function correctItem(sets: DataSets, dataSetId: string, itemId: string, landmarks: readonly number[]): Promise<void> {
  const item = await sets.item(dataSetId, itemId)
  const photo = item?.regions ? (item.a ?? item.b) : null
  const regions = photo && faceRegions(await decode(photo, REGIONS_PX), landmarksOf(landmarks))
  await sets.correct(dataSetId, itemId, landmarks, regions)
}

/** Small pictures of what is stored, for items that came without. */
export async function thumbnailsOfStored({ a, b }: Sides<EncodedPicture>): Promise<Thumbnails> {
  return thumbnailsOf({ a: a && (await decode(a, THUMBNAIL_PX)), b: b && (await decode(b, THUMBNAIL_PX)) })
}

async function thumbnailsOf({ a, b }: Sides<RgbaImage>): Promise<Thumbnails> {
  const small = (crop: RgbaImage) => encode(crop, THUMBNAIL_PX, 'image/webp', QUALITY.thumbnail)
  return { a: a && (await small(a)), b: b && (await small(b)) }
}

async function readSides({ a, b, isCombined, drawsB }: ItemSources): Promise<Sides<RgbaImage> | LeftOutReason> {
  const [first, second] = [a && (await decodePhoto(a)), b && (await decodePhoto(b))]
  const halves = isCombined && first ? halvesOf(first) : null
  if (halves) return halves
  if (isCombined && !drawsB) return 'noPartner'
  if (first && second && !haveOneShape(first, second)) return 'otherShape'
  return { a: first, b: second }
}

/** Two squares side by side, A to the left as pix2pix has it; `null` for any other shape. */
function halvesOf(image: RgbaImage): Sides<RgbaImage> | null {
  const width = Math.floor(image.width / 2)
  if (!haveOneShape({ width, height: image.height }, { width: 1, height: 1 })) return null
  const half = (left: number): RgbaImage => {
    const data = new Uint8ClampedArray(4 * width * image.height)
    for (let y = 0; y < image.height; y++) {
      const from = 4 * (y * image.width + left)
      data.set(image.data.subarray(from, from + 4 * width), 4 * y * width)
    }
    return { width, height: image.height, data }
  }
  return { a: half(0), b: half(image.width - width) }
}

type Shape = Pick<RgbaImage, 'width' | 'height'>

function haveOneShape(one: Shape, other: Shape): boolean {
  return Math.abs((one.width * other.height) / (one.height * other.width) - 1) <= SHAPE_TOLERANCE
}

/** By the face of A, or of B where A shows none (a sketch, say). */
async function cutOf({ a, b }: Sides<RgbaImage>, finder: FaceFinder, { isSketch, mayBeWhole }: ItemSources): Promise<Cut | LeftOutReason> {
  for (const of of isSketch ? [b] : [a, b]) {
    const [face] = of ? await facesOfPhoto(of, finder) : []
    if (of && face) return sidePx(face.square) < LEAST_PX ? 'tooSmall' : { of, square: face.square, landmarks: face.landmarks }
  }
  const of = a ?? b
  if (!of || !mayBeWhole) return 'noFace'
  const half = Math.min(of.width, of.height) / 2
  if (2 * half < LEAST_PX) return 'tooSmall'
  return { of, square: { centre: [of.width / 2, of.height / 2], halfX: [half, 0] }, landmarks: null }
}

/** The same part of a picture that may have another size. */
function cropLike(image: RgbaImage, { of, square }: Cut): RgbaImage {
  const [x, y] = [image.width / of.width, image.height / of.height]
  const own = { centre: [square.centre[0] * x, square.centre[1] * y], halfX: [square.halfX[0] * x, square.halfX[1] * x] } as const
  return cropToSquare(image, own, Math.min(MOST_PX, Math.max(LEAST_PX, Math.round(sidePx(own)))))
}
