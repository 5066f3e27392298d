/** A sheet to look at: some of a folder's faces with what was found on them, side by side with the plain faces. */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type RgbaImage, resizeSquare } from '../../src/shared/image'
import { type AnnotatedFace, readFaceSets, spread } from '../node/faceSet'
import { encodePng } from '../node/imageFiles'
import { readRegionMask } from '../node/readRegionMask'
import { readPhotoFile } from './picture'

const FACES = 24
const CELL_PX = 256
/** Faces in a row; each takes two cells. */
const ACROSS = 4
/** Colours of the region classes 0–8; unknown or background is left as it is. */
const COLOURS = [
  null,
  [60, 120, 255],
  [60, 120, 255],
  [255, 170, 0],
  [255, 40, 90],
  [255, 220, 180],
  [120, 70, 20],
  [40, 160, 90],
  [90, 0, 130],
] as const

/** Writes `sheet.png`: of each face the photo, then landmarks and regions drawn over it. @returns its path */
export function writeSheet(folder: string): string {
  const faces = spread(readFaceSets([folder]), FACES)
  const [width, height] = [2 * ACROSS * CELL_PX, Math.ceil(faces.length / ACROSS) * CELL_PX]
  const sheet: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) }
  faces.forEach((face, i) => {
    const photo = readPhotoFile(face.photoPath)
    const [left, top] = [(i % ACROSS) * 2 * CELL_PX, Math.floor(i / ACROSS) * CELL_PX]
    paste(sheet, resizeSquare(photo, CELL_PX), left, top)
    paste(sheet, resizeSquare(marked(photo, face), CELL_PX), left + CELL_PX, top)
  })
  const file = path.join(folder, 'sheet.png')
  writeFileSync(file, encodePng(sheet))
  return file
}

/** The photo with each region tinted and each landmark dotted. */
function marked(photo: RgbaImage, { landmark68, maskPath }: AnnotatedFace): RgbaImage {
  const data = new Uint8ClampedArray(photo.data)
  readRegionMask(maskPath).region.forEach((region, i) => {
    COLOURS[region]?.forEach((value, channel) => {
      data[4 * i + channel] = 0.5 * (data[4 * i + channel] ?? 0) + 0.5 * value
    })
  })
  const radius = Math.max(1, Math.round(photo.width / 256))
  for (const [x, y] of landmark68) {
    for (let py = Math.round(y * photo.height - radius); py < y * photo.height + radius; py++) {
      for (let px = Math.round(x * photo.width - radius); px < x * photo.width + radius; px++) {
        if (px >= 0 && py >= 0 && px < photo.width && py < photo.height) data.set([0, 255, 0, 255], (py * photo.width + px) * 4)
      }
    }
  }
  return { ...photo, data }
}

function paste(onto: RgbaImage, picture: RgbaImage, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    onto.data.set(picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4), ((top + y) * onto.width + left) * 4)
  }
}
