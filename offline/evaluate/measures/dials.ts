/** Dials: does each dial of the look move its own attribute, and does it leave the face where it is? */

import { existsSync } from 'node:fs'
import type { RgbaImage } from '../../../src/shared/image'
import { contourLines } from '../../node/contour'
import type { Detection } from '../../node/detector'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { regionsFrom, regionsOf } from '../data/regions'
import { meanOrNull } from '../statistics/summary'
import { EXACT } from '../subject'
import { DIALS, type Dial, type Readings, readAll, readingOfPhotos } from './dialReadings'
import { meanShift } from './landmarkShift'
import { type Measure, notMeasured, type SheetRow, type Subject, show } from './measure'

const MAX_FACES = 6
const SHEET_FACES = 3
/** Photos that show how the reading goes with the label. */
const MAX_PHOTOS = 200
/** For readings by the detector, which are slow. */
const MAX_ESTIMATED_PHOTOS = 60
/** What a change of light alone does to the detector's landmarks. */
const DARKENED = 0.75

interface DialFigure {
  dial: string
  faces: number
  /** Mean reading at the dial's two ends, and how far it moved. */
  from: number | null
  to: number | null
  change: number | null
  /** The same change among true photos with such labels. */
  photoChange: number | null
  /** Mean shift of the landmarks between the two ends, in % of the eye distance. */
  landmarks: number | null
}

export const dials: Measure = {
  id: 'dials',
  title: 'Dials: does the look change what it names, and nothing else?',
  about:
    "Each dial is moved from one value to another while the sketch and the rest of the look stay. Its attribute is read off the two faces: colours and shades in the regions of the face's mask (kept clear of its edges), age and sex by the " +
    "estimate of Human's face model, which sees all our people as about thirty. Landmarks: how far they move between the two, in % of the eye distance. Reference: how the same reading differs between true photos with such labels; " +
    'and how far the landmarks of a true photo move, to the same detector, when the photo is made a quarter darker.',
  references: ['true photos'],
  sheetColumns: Array.from({ length: SHEET_FACES }, (_, i) => [`face ${i + 1}, from`, 'to']).flat(),
  needsAnySketch: true,
  async run(subject) {
    const own = DIALS.filter(({ field }) => subject.source.lookFields.includes(field))
    const faces = subject.faces.filter(({ maskPath }) => existsSync(maskPath))
    if (own.length === 0 || faces.length === 0)
      return notMeasured(own.length === 0 ? 'The model takes no look.' : 'The faces have no masks.')
    const noise = await detectorNoise(subject)
    const figures: DialFigure[] = []
    const sheet: SheetRow[] = []
    for (const [i, dial] of own.entries()) {
      const { figure, row } = await tryDial(subject, dial, faces)
      figures.push(figure)
      sheet.push(row)
      subject.onProgress(i + 1, own.length)
    }
    return {
      figures: { dials: figures, landmarksOfDarkerPhotos: noise },
      rows: figures.map((figure, i) => ({
        label: `${figure.dial}, ${own[i]?.unit}: change; landmarks, %`,
        value: `${signed(figure.change)}; ${show(figure.landmarks, 1)}`,
        references: [`${signed(figure.photoChange)}; ${show(noise, 1)}`],
      })),
      remarks: [`On the sheet, one row a dial: ${own.map(({ id, from, to }) => `${id} ${from} → ${to}`).join('; ')}.`],
      sheet,
    }
  },
}

const signed = (value: number | null): string => (value === null ? show(value) : `${value >= 0 ? '+' : '−'}${show(Math.abs(value))}`)

interface End {
  image: RgbaImage
  detected: Detection | null
  reading: number | null
}

async function tryDial(subject: Subject, dial: Dial, faces: readonly AnnotatedFace[]) {
  const chosen = spread(
    faces.filter(({ person }) => dial.has(person)),
    MAX_FACES,
  )
  const pairs: (readonly [AnnotatedFace, End, End])[] = []
  for (const face of chosen) pairs.push([face, await endOf(subject, dial, face, 'from'), await endOf(subject, dial, face, 'to')])
  const read = pairs.flatMap(([, a, b]) => (a.reading === null || b.reading === null ? [] : [[a.reading, b.reading] as const]))
  const shifts = pairs.flatMap(([face, a, b]) =>
    a.detected && b.detected ? [meanShift(a.detected.landmark68, b.detected.landmark68, face.landmark68)] : [],
  )
  const figure: DialFigure = {
    dial: dial.id,
    faces: pairs.length,
    from: meanOrNull(read.map(([a]) => a)),
    to: meanOrNull(read.map(([, b]) => b)),
    change: meanOrNull(read.map(([a, b]) => b - a)),
    photoChange: await photoChange(subject, dial),
    landmarks: meanOrNull(shifts),
  }
  return { figure, row: pairs.slice(0, SHEET_FACES).flatMap(([, a, b]) => [a.image, b.image]) }
}

/** The face with the dial at one of its ends. */
async function endOf(subject: Subject, dial: Dial, face: AnnotatedFace, end: 'from' | 'to'): Promise<End> {
  const look = { ...subject.lookOf(face.name), [dial.field]: dial[end] }
  const { generated } = await subject.draw({ name: face.name, lines: contourLines(face.landmark68), look, tolerance: EXACT })
  const estimate = dial.needsEstimate ? await subject.estimate(generated) : null
  const regions = regionsOf(face)
  return {
    image: generated,
    detected: await subject.detect(generated),
    reading: regions && dial.read({ image: generated, regions, estimate }),
  }
}

async function photoChange(subject: Subject, dial: Dial): Promise<number | null> {
  const { faces, training, lookOf } = subject
  const all = [...faces, ...training].filter(({ person }) => dial.has(person))
  const readings = []
  for (const face of spread(all, dial.needsEstimate ? MAX_ESTIMATED_PHOTOS : MAX_PHOTOS)) {
    const reading = (await readPhoto(subject, face, dial.needsEstimate))?.[dial.id] ?? null
    if (reading !== null) readings.push({ look: lookOf(face.name), reading })
  }
  return readingOfPhotos(dial, readings)
}

/** All dials' readings of a true photo; `null` when it has no mask. */
function readPhoto({ photos, photoReadings }: Subject, face: AnnotatedFace, withEstimate: boolean): Promise<Readings | null> {
  const { photoPath, maskPath, landmark68 } = face
  return photoReadings.of(photoPath, withEstimate ? 'with estimate' : '', async () => {
    if (!existsSync(maskPath)) return null
    const estimate = withEstimate ? await photos.estimatePhoto(photoPath) : null
    return readAll({ image: readImage(photoPath), regions: regionsFrom(readImage(maskPath), landmark68), estimate })
  })
}

async function detectorNoise({ faces, photos }: Subject): Promise<number | null> {
  const shifts: number[] = []
  for (const { photoPath, landmark68 } of spread(faces, 2 * MAX_FACES)) {
    const before = await photos.detectPhoto(photoPath)
    const after = await photos.detectChanged(photoPath, `darkened to ${DARKENED}`, darkened)
    if (before && after) shifts.push(meanShift(before.landmark68, after.landmark68, landmark68))
  }
  return meanOrNull(shifts)
}

const darkened = ({ width, height, data }: RgbaImage): RgbaImage => ({
  width,
  height,
  data: new Uint8ClampedArray(data.map((value, i) => (i % 4 < 3 ? value * DARKENED : value))),
})
