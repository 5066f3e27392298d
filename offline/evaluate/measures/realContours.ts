/**
 * Real contours: does the face follow the contour of a real person's photo? Real portraits, prepared by `npm run photos`, are drawn from the landmarks found on them and
 * generated with a look read from the photo; the same detector looks at the face. Real people smile and squint as renderings do not, and no generator has learnt from them.
 *
 * For evaluation only: the photos are never trained on, and their sheet stays in the folder of the run.
 */

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Look } from '../../../src/faces/look'
import { lookOfPhoto } from '../../../src/faces/photoLook'
import { contourLines } from '../../node/contour'
import { type AnnotatedFace, readFaceSets, spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { readRegionMask } from '../../node/readRegionMask'
import { EXACT } from '../subject'
import { type LandmarkSample, landmarkReport } from './faithful'
import { type Measure, notMeasured, type Subject } from './measure'

export const realContours: Measure = {
  id: 'realContours',
  title: 'Real contours: does the face follow the contour of a real portrait?',
  about:
    'Portraits of real people, never trained on, prepared by `npm run photos`; each is drawn from the landmarks that were found on it, with a look read from the photo (colours measured, sex and age estimated, the rest open), every line meant ' +
    "exactly. Figures as for `faithful`: errors in % of the eye distance, and the share of the contour's deviation from the mean face that is found again. The photo itself is the detector's own floor, small because the same detector " +
    "found the contour; another person's photo is what never looking at the drawing would give.",
  references: ['the photo itself', "another's photo"],
  sheetColumns: ['sketch', 'face', 'photo'],
  needsAnySketch: true,
  sheetIsPrivate: true,
  async run(subject) {
    const { realFolder } = subject
    if (!existsSync(path.join(realFolder, 'faces.jsonl')))
      return notMeasured(`There are no prepared portraits in ${realFolder}: \`npm run photos -- FOLDER ${realFolder}\` makes them.`)
    const all = readFaceSets([realFolder])
    const faces = subject.limit === null ? all : spread(all, subject.limit)
    const samples: LandmarkSample[] = []
    for (const [i, face] of faces.entries()) {
      samples.push(await sampleOf(subject, face))
      subject.onProgress(i + 1, faces.length)
    }
    return landmarkReport(subject.offsets, faces.length, samples)
  },
}

async function sampleOf(subject: Subject, face: AnnotatedFace): Promise<LandmarkSample> {
  const look = await lookOf(subject, face)
  const { sketch, generated } = await subject.draw({ name: face.name, lines: contourLines(face.landmark68), look, tolerance: EXACT })
  const [onGenerated, onPhoto] = [await subject.detect(generated), await subject.photos.detectPhoto(face.photoPath)]
  return {
    face,
    onGenerated: onGenerated?.landmark68 ?? null,
    onPhoto: onPhoto?.landmark68 ?? null,
    sheetRow: [sketch, generated, readImage(face.photoPath)],
  }
}

/** What the photo shows, and what the detector takes the person for: a folder of photos itself claims nothing that cannot be measured. */
async function lookOf({ photos }: Subject, { photoPath, maskPath, landmark68 }: AnnotatedFace): Promise<Look> {
  const estimate = await photos.estimatePhoto(photoPath)
  const person = estimate ? { male: estimate.male, age: estimate.ageYears } : {}
  return lookOfPhoto(readImage(photoPath), readRegionMask(maskPath).region, landmark68, person)
}
