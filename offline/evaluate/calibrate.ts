/** Makes `calibration.json`: the detector's mean offsets on true photos of training faces. */

import { type Calibration, type DetectedFace, measureOffsets } from '../../src/faces/calibration'
import { readFaceSets, spread } from '../node/faceSet'
import type { PhotoDetector } from '../node/photoDetector'

const CALIBRATION_FACES = 60

/** Measures on training faces spread evenly over the set; the validation faces take no part. */
export async function calibrate(dataFolders: readonly string[], detectorId: string, photos: PhotoDetector): Promise<Calibration> {
  const training = readFaceSets(dataFolders).filter(({ isValidation }) => !isValidation)
  const chosen = spread(training, CALIBRATION_FACES)
  const names: string[] = []
  const detections: DetectedFace[] = []
  for (const face of chosen) {
    const detected = await photos.detectPhoto(face.photoPath)
    if (!detected) continue
    names.push(face.name)
    detections.push({ annotated: face.landmark68, detected: detected.landmark68 })
  }
  const round = (value: number) => Number(value.toFixed(5))
  return {
    version: 1,
    detector: detectorId,
    made:
      `npm run evaluate -- --calibrate: mean of (detected − annotated) of each of the 68 landmarks, in distances of the outer eye corners, ` +
      `over the true photos of ${names.length} training faces spread evenly over the set`,
    names,
    offsets: measureOffsets(detections).map(([x, y]) => [round(x), round(y)] as const),
  }
}
