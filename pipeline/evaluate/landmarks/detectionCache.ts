/** Detections on true photos, kept between runs: a photo never changes, and half of an evaluation would go into finding the same faces again. */

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { decodeImage } from '../data/image'
import type { LandmarkDetector } from './detector'

export interface PhotoDetector {
  /** Landmarks of a photo file; `null` when no face is found. */
  detectPhoto(photoPath: string): Promise<Landmarks68 | null>
  /** Writes what was added. */
  save(): void
}

type Entries = Record<string, Landmarks68 | null>

/** A detector of photo files that remembers by the file's content and the detector's settings. A broken cache file is begun anew. */
export function cachedPhotoDetector(detector: LandmarkDetector, file: string): PhotoDetector {
  const entries = readEntries(file, detector.id)
  let isChanged = false
  return {
    async detectPhoto(photoPath) {
      const bytes = readFileSync(photoPath)
      const key = createHash('sha256').update(bytes).digest('hex')
      const known = entries[key]
      if (known !== undefined) return known
      const landmarks = await detector.detect(decodeImage(bytes))
      entries[key] = landmarks
      isChanged = true
      return landmarks
    },
    save() {
      if (!isChanged) return
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify({ detector: detector.id, entries }))
      renameSync(`${file}.new`, file)
      isChanged = false
    },
  }
}

function readEntries(file: string, detectorId: string): Entries {
  if (!existsSync(file)) return {}
  try {
    const cache = JSON.parse(readFileSync(file, 'utf8')) as { detector?: string; entries?: Entries }
    return cache.detector === detectorId && cache.entries ? cache.entries : {}
  } catch {
    return {}
  }
}
