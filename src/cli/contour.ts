/** `face-studio contour`: photos → editable contours, as SVG, as project files with the photo's look, or as drawings in PNG. */

import path from 'node:path'
import { PNG } from 'pngjs'
import { DOCUMENT_VERSION, type SketchDocument } from '../editor/document'
import { strokesOfLines } from '../editor/lineStrokes'
import { rasterize, strokeToInkLine } from '../editor/rasterizer'
import type { FaceFinder } from '../faces/faceFinder'
import type { Look } from '../faces/look'
import { photoSketch } from '../faces/photoSketch'
import { newId } from '../shared/ids'
import { SKETCH_SIZE_PX } from '../shared/units'
import { exportProject } from '../storage/exchange/project'
import { exportSvg } from '../storage/exchange/svg/exportSvg'
import { eachPhoto } from './eachPhoto'
import { loadFaceFinder } from './humanInNode'
import { CONTOUR_FORMATS, type ContourCommand, type ContourFormat } from './photoCommands'
import { photoJobs } from './photoJobs'
import type { Terminal } from './terminal'

/** Larger than any model's picture, and a multiple of what regions are looked for in. */
const CROP_PX = 512

export async function contour({ input, output, format, options, json }: ContourCommand, terminal: Terminal): Promise<number> {
  const { jobs, format: chosen } = await photoJobs(input, output, { format, writable: CONTOUR_FORMATS })
  let loading: Promise<FaceFinder> | null = null
  return eachPhoto({
    ...{ jobs, json, terminal },
    finder: () => {
      loading ??= loadFaceFinder()
      return loading
    },
    make: async ({ face, crop }, photo) => {
      const { lines, look } = photoSketch(crop(CROP_PX), face.landmarks, options)
      const name = photo === '-' ? 'photo' : path.basename(photo).replace(/\.[a-z\d]{1,5}$/iu, '')
      const document: SketchDocument = { version: DOCUMENT_VERSION, id: newId(), name, tags: [], strokes: strokesOfLines(lines, newId) }
      return { data: encoded(document, look, chosen), about: { strokes: document.strokes.length, look } }
    },
  })
}

function encoded(document: SketchDocument, look: Look, format: ContourFormat): Uint8Array {
  switch (format) {
    case 'svg':
      return new TextEncoder().encode(exportSvg(document))
    case 'json':
      return new TextEncoder().encode(exportProject({ document, look }))
    case 'png':
      return greyPng(rasterize(document.strokes.map(strokeToInkLine), SKETCH_SIZE_PX), SKETCH_SIZE_PX)
  }
}

function greyPng(grey: Uint8ClampedArray, sizePx: number): Uint8Array {
  const png = new PNG({ width: sizePx, height: sizePx })
  for (const [i, value] of grey.entries()) png.data.set([value, value, value, 255], 4 * i)
  return PNG.sync.write(png, { colorType: 0 })
}
