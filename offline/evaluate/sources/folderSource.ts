/** Faces that were generated elsewhere (a training run's checkpoint, say): one picture for each validation face, `NAME.png` or `NAME.jpg`. */

import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { FaceSource } from '../../node/faceSource'
import { readImage } from '../../node/imageFiles'

const EXTENSIONS = ['.png', '.jpg', '.jpeg']
/** Only for the sketch that the contact sheet shows; the folder's pictures may have any size. */
const SKETCH_SIZE_PX = 256

/** @throws Error when there is no such folder */
export function folderSource(folder: string): FaceSource {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder of generated faces.`)
  return {
    id: path.basename(path.resolve(folder)),
    name: folder,
    role: 'pictures',
    fingerprint: folder,
    label: `folder ${folder}`,
    sizePx: SKETCH_SIZE_PX,
    drawsAnySketch: false,
    tolerance: null,
    lookFields: [],
    lookPresets: [],
    async generate({ name }) {
      const file = EXTENSIONS.map((extension) => path.join(folder, name + extension)).find(existsSync)
      return file ? readImage(file) : null
    },
    dispose() {},
  }
}
