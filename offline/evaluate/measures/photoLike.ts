/**
 * Photo-like: does the set of generated faces look like a set of photos, and each face like its own photo?
 *
 * Two figures by SqueezeNet's features: the Fréchet distance of pooled features (statistics/frechet.ts) and the perceptual distance
 * (features/features.ts). Both only mean something beside what true photos give.
 */

import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { type Features, POOLED_CHANNELS } from '../features/features'
import { frechetDistance, type Projection, project, projectionOf } from '../statistics/frechet'
import { draw, randomFor } from '../statistics/random'
import { deviation, mean, standardError } from '../statistics/summary'
import { type Measure, notMeasured, type Subject, show } from './measure'

/** Leading principal components; fewer than half as many as a full validation set has faces. */
const DIMENSION = 20
/** Training photos that the components are found on; all of them would change little. */
const MAX_REFERENCE = 1200
/** Random choices of training photos for the floor. */
const FLOOR_DRAWS = 20
/** A photo reduced to this and enlarged again: what a blurred picture would get. */
const BLURRED_PX = 64

export const photoLike: Measure = {
  id: 'photoLike',
  title: 'Photo-like: do the faces look like photos?',
  about:
    'Fréchet distance ×100 between the generated faces and the true photos of the same people: features of SqueezeNet 1.1 (mean over the picture of 256 channels of its fourth fire module and 512 of ' +
    `its last, each layer scaled to equal variance), projected on the ${DIMENSION} leading principal components of the training photos, because as few faces as these cannot fill more dimensions. ` +
    'Floor: as many training photos, chosen at random, against the validation photos (mean ± deviation over choices). The generated faces share people and ' +
    'looks with the photos they are compared with, so they could lie below that floor. Mirrored copies are left out: pooled features hardly change by mirroring. ' +
    'Perceptual distance ×100: squared difference of unit-length feature vectors over seven layers, averaged; this is LPIPS without its learnt weights, so it compares models and is no absolute scale. Pictures of any size are enlarged to 256 px first, so that a model of 128 px is judged as blurred as it is.',
  references: ['true photos (floor)', "another's photo", 'photo blurred'],
  sheetColumns: [],
  needsAnySketch: false,
  async run(subject) {
    if (!subject.features) return notMeasured("SqueezeNet's weights are missing; name their folder with --squeezenet.")
    const samples = await collect(subject, subject.features)
    const frechet = await frechetFigures(subject, subject.features, samples)
    const average = (of: (sample: Sample) => number) => 100 * mean(samples.map(of))
    const perceptual = {
      generated: average(({ toPhoto }) => toPhoto),
      standardError: 100 * standardError(samples.map(({ toPhoto }) => toPhoto)),
      otherPhotos: average(({ photoToOther }) => photoToOther),
      blurredPhotos: average(({ photoToBlurred }) => photoToBlurred),
    }
    return {
      figures: { faces: samples.length, frechet, perceptual },
      rows: [
        {
          label: 'Fréchet distance × 100',
          value: show(frechet.generated, 1),
          references: [`${show(frechet.floor, 1)} ± ${show(frechet.floorDeviation, 1)}`, '', show(frechet.blurredPhotos, 1)],
        },
        {
          label: 'perceptual distance × 100 to the true photo',
          value: `${show(perceptual.generated, 1)} ± ${show(perceptual.standardError, 1)}`,
          references: ['0', show(perceptual.otherPhotos, 1), show(perceptual.blurredPhotos, 1)],
        },
      ],
      remarks: [
        `The components hold ${Math.round(100 * frechet.explained)} % of the features' variance over ${frechet.reference} training photos.`,
      ],
      sheet: [],
    }
  },
}

interface Sample {
  face: AnnotatedFace
  generated: Float32Array
  blurred: Float32Array
  /** Perceptual distances. */
  toPhoto: number
  photoToOther: number
  photoToBlurred: number
}

async function collect({ faces, ownFace, onProgress }: Subject, features: Features): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const [i, face] of faces.entries()) {
    const own = await ownFace(face)
    onProgress(i + 1, faces.length)
    if (!own) continue
    const photo = readImage(face.photoPath)
    const other = readImage((faces[(i + 1) % faces.length] as AnnotatedFace).photoPath)
    const blurred = blur(photo)
    samples.push({
      face,
      generated: await features.pooled(own.generated),
      blurred: await features.pooled(blurred),
      toPhoto: await features.distance(own.generated, photo),
      photoToOther: await features.distance(photo, other),
      photoToBlurred: await features.distance(photo, blurred),
    })
  }
  return samples
}

/** Reduced by averaging squares, then enlarged smoothly. */
export function blur(photo: RgbaImage): RgbaImage {
  const factor = Math.floor(photo.width / BLURRED_PX)
  if (factor < 2) return photo
  const data = new Uint8ClampedArray(BLURRED_PX * BLURRED_PX * 4)
  for (let i = 0; i < data.length; i++) {
    const [x, y, channel] = [(i >> 2) % BLURRED_PX, Math.floor((i >> 2) / BLURRED_PX), i % 4]
    let sum = 0
    for (let dy = 0; dy < factor; dy++) {
      for (let dx = 0; dx < factor; dx++) sum += photo.data[((y * factor + dy) * photo.width + x * factor + dx) * 4 + channel] as number
    }
    data[i] = sum / factor ** 2
  }
  return resizeSquare({ width: BLURRED_PX, height: BLURRED_PX, data }, photo.width)
}

async function frechetFigures({ training }: Subject, features: Features, samples: readonly Sample[]) {
  const reference = await pooledOf(spread(training, MAX_REFERENCE), features)
  const photos = await pooledOf(
    samples.map(({ face }) => face),
    features,
  )
  const dimension = Math.max(1, Math.min(DIMENSION, Math.floor((samples.length - 1) / 2)))
  const projection = projectionOf(reference, POOLED_CHANNELS, dimension)
  const distance = (a: readonly Float32Array[]) => 100 * frechetDistance(projected(projection, a), projected(projection, photos))
  const random = randomFor('floor of the Fréchet distance')
  const floors = Array.from({ length: FLOOR_DRAWS }, () => distance(draw(reference, samples.length, random)))
  return {
    dimension,
    explained: projection.explained,
    reference: reference.length,
    generated: distance(samples.map(({ generated }) => generated)),
    floor: mean(floors),
    floorDeviation: deviation(floors),
    blurredPhotos: distance(samples.map(({ blurred }) => blurred)),
  }
}

const projected = (projection: Projection, vectors: readonly Float32Array[]) => vectors.map((vector) => project(projection, vector))

async function pooledOf(faces: readonly AnnotatedFace[], features: Features): Promise<Float32Array[]> {
  const vectors: Float32Array[] = []
  for (const { photoPath } of faces) vectors.push(await features.pooledPhoto(photoPath))
  return vectors
}
