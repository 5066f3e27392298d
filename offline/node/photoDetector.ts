/** The detector on true photos, with what it found there remembered between runs. */

import type { RgbaImage } from '../../src/shared/image'
import type { Detection, LandmarkDetector, PersonEstimate } from './detector'
import { readImage } from './imageFiles'
import { photoCache } from './photoCache'

export interface PhotoDetector {
  /** On a photo file; `null` when no face is found. */
  detectPhoto(photoPath: string): Promise<Detection | null>
  /** On a picture made of a photo. @param change what is done to it, in words that change when the outcome does */
  detectChanged(photoPath: string, change: string, make: (photo: RgbaImage) => RgbaImage): Promise<Detection | null>
  estimatePhoto(photoPath: string): Promise<PersonEstimate | null>
  /** Writes what was added. */
  save(): void
}

/** @param folder where the two files of what was found lie */
export function photoDetector(detector: LandmarkDetector, folder: string): PhotoDetector {
  const detections = photoCache<Detection | null>(`${folder}/photo-detections.json`, detector.id)
  const estimates = photoCache<PersonEstimate | null>(`${folder}/photo-estimates.json`, detector.id)
  return {
    detectPhoto: (photoPath) => detections.of(photoPath, '', () => detector.detect(readImage(photoPath))),
    detectChanged: (photoPath, change, make) => detections.of(photoPath, change, () => detector.detect(make(readImage(photoPath)))),
    estimatePhoto: (photoPath) => estimates.of(photoPath, '', () => detector.estimate(readImage(photoPath))),
    save() {
      detections.save()
      estimates.save()
    },
  }
}
