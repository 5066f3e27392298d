/** Honest: does the model invent people, or does it remember them? The nearest training photo of each generated face, beside that of true photos. */

import type { RgbaImage } from '../../../src/shared/image'
import type { AnnotatedFace } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { type Features, POOLED_CHANNELS } from '../features/features'
import { project, projectionOf } from '../statistics/frechet'
import { mean } from '../statistics/summary'
import { type Measure, notMeasured, type SheetRow, type Subject, show } from './measure'

/** Principal components that faces are compared in; together they hold nearly all that varies among the training photos. */
const DIMENSION = 64
const SHEET_PAIRS = 12

export interface Neighbour {
  index: number
  distance: number
}

/** The nearest of `others`; `except` is left out. */
export function nearest(vector: Float64Array, others: readonly Float64Array[], except = -1): Neighbour {
  let best: Neighbour = { index: -1, distance: Number.POSITIVE_INFINITY }
  for (const [index, other] of others.entries()) {
    if (index === except) continue
    let sum = 0
    for (let i = 0; i < vector.length && sum < best.distance ** 2; i++) sum += ((vector[i] as number) - (other[i] as number)) ** 2
    if (Math.sqrt(sum) < best.distance) best = { index, distance: Math.sqrt(sum) }
  }
  return best
}

export const honest: Measure = {
  id: 'honest',
  title: 'Honest: are the faces people of their own?',
  about:
    `Distance of each generated face to the nearest of all training photos, in the ${DIMENSION} leading principal components of the pooled SqueezeNet features; beside it the same for the true photos of the same (unseen) people. A model ` +
    'that remembers people gives faces nearer to a training photo than a true stranger is: a ratio well below 1, and single pairs far below the others. Nearer to itself: generated faces that lie nearer to the true ' +
    'photo of their own person than to any training photo. The sheet shows the closest pairs. What is compared is how pictures look, pose, light and hair included; it is no test of identity.',
  references: ['true photos'],
  sheetColumns: ['generated', 'nearest training photo', 'true photo'],
  needsAnySketch: false,
  async run(subject) {
    if (!subject.features) return notMeasured("SqueezeNet's weights are missing; name their folder with --squeezenet.")
    const { training } = subject
    if (training.length < 2) return notMeasured('There are no training faces to compare with.')
    const pairs = await findPairs(subject, subject.features)
    const distances = pairs.map(({ neighbour }) => neighbour.distance)
    const photoDistances = pairs.map(({ photoNeighbour }) => photoNeighbour.distance)
    const generated = mean(distances)
    const photos = mean(photoDistances)
    const closest = [...pairs].sort((a, b) => a.neighbour.distance - b.neighbour.distance)
    const nearerToSelf = pairs.filter(({ toOwnPhoto, neighbour }) => toOwnPhoto < neighbour.distance).length
    const smallest = closest[0]?.neighbour.distance ?? Number.NaN
    return {
      figures: {
        trainingPhotos: training.length,
        generated,
        photos,
        ratio: generated / photos,
        smallest,
        smallestOfPhotos: Math.min(...photoDistances),
        nearerToSelf,
        closest: closest.slice(0, SHEET_PAIRS).map((pair) => ({
          name: pair.face.name,
          training: training[pair.neighbour.index]?.name,
          distance: pair.neighbour.distance,
        })),
      },
      rows: [
        { label: 'nearest training photo, mean distance', value: show(generated), references: [show(photos)] },
        { label: 'ratio to true photos', value: show(generated / photos), references: ['1'] },
        { label: 'smallest distance', value: show(smallest), references: [show(Math.min(...photoDistances))] },
        { label: 'nearer to itself than to any training photo', value: `${nearerToSelf} of ${pairs.length}`, references: [''] },
      ],
      remarks: [`Compared with ${training.length} training photos.`],
      sheet: closest.slice(0, SHEET_PAIRS).map((pair) => sheetRow(pair, training)),
    }
  },
}

interface Pair {
  face: AnnotatedFace
  generated: RgbaImage
  neighbour: Neighbour
  photoNeighbour: Neighbour
  toOwnPhoto: number
}

async function findPairs({ faces, training, ownFace, onProgress }: Subject, features: Features): Promise<Pair[]> {
  const pooled: Float32Array[] = []
  for (const [i, { photoPath }] of training.entries()) {
    pooled.push(await features.pooledPhoto(photoPath))
    onProgress(i + 1, training.length)
  }
  const projection = projectionOf(pooled, POOLED_CHANNELS, Math.min(DIMENSION, training.length - 1))
  const others = pooled.map((vector) => project(projection, vector))
  const pairs: Pair[] = []
  for (const face of faces) {
    const own = await ownFace(face)
    if (!own) continue
    const vector = project(projection, await features.pooled(own.generated))
    const photo = project(projection, await features.pooledPhoto(face.photoPath))
    pairs.push({
      face,
      generated: own.generated,
      neighbour: nearest(vector, others),
      photoNeighbour: nearest(photo, others),
      toOwnPhoto: nearest(vector, [photo]).distance,
    })
  }
  return pairs
}

const sheetRow = ({ face, generated, neighbour }: Pair, training: readonly AnnotatedFace[]): SheetRow => [
  generated,
  readImage((training[neighbour.index] as AnnotatedFace).photoPath),
  readImage(face.photoPath),
]
