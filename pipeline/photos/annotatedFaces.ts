/** Reads a folder in the layout of `faces/`: rows of `faces.jsonl` (or several `faces-*.jsonl`), photos and masks. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PNG } from 'pngjs'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { parseLandmark68 } from '../evaluate/landmarks/landmark68'

export interface AnnotatedFace {
  name: string
  /** In 0–1 of the photo. */
  landmarks: Landmarks68
  photoFile: string
  maskFile: string
}

/** @throws Error that says what is missing or broken */
export function readAnnotatedFaces(folder: string): AnnotatedFace[] {
  const lists = existsSync(folder) ? readdirSync(folder).filter((file) => /^faces(-.*)?\.jsonl$/.test(file)) : []
  if (lists.length === 0) throw new Error(`${folder} has no faces.jsonl; it is not a folder of annotated faces.`)
  return lists.sort().flatMap((list) =>
    readFileSync(path.join(folder, list), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i) => {
        const { name, landmarks68 } = JSON.parse(line) as { name?: unknown; landmarks68?: unknown }
        if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) throw new Error(`${list}:${i + 1}: no usable name`)
        const [photoFile, maskFile] = [path.join(folder, 'photo', `${name}.jpg`), path.join(folder, 'mask', `${name}.png`)]
        return { name, landmarks: parseLandmark68(landmarks68, `${list}:${i + 1}`), photoFile, maskFile }
      }),
  )
}

/** A region mask: one byte a pixel. */
export interface RegionMask {
  width: number
  height: number
  region: Uint8Array
}

export function readRegionMask(file: string): RegionMask {
  const { width, height, data } = PNG.sync.read(readFileSync(file))
  return { width, height, region: Uint8Array.from({ length: width * height }, (_, i) => data[4 * i] ?? 0) }
}
