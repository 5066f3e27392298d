/** `face-studio drawing | cartoon | anime | photo | frontal`: photos → pictures by the model of that style, one after another on one loaded model. */

import { faceRegions } from '../faces/photoSketch'
import { chooseBackend } from '../inference/backends'
import { loadIndex, loadModel } from '../inference/loadModel'
import { openPictureSession } from '../inference/openSession'
import type { PictureSession } from '../inference/pictureSession'
import { madeByStudio, withPngText } from '../shared/pngText'
import { exportSvg } from '../storage/exchange/svg/exportSvg'
import type { Backend } from '../workers/protocol'
import { drawingStrokes } from './drawingStrokes'
import { eachPhoto, type PhotoResult } from './eachPhoto'
import { loadFaceFinder } from './humanInNode'
import type { PictureCommand } from './photoCommands'
import type { OpenedFace } from './photoFaces'
import { photoJobs } from './photoJobs'
import { nodeBackends, readFrom } from './platform'
import { writeFace } from './sketchPng'
import type { Terminal } from './terminal'
import { UsageError } from './usageError'

export async function picture(command: PictureCommand & { readonly models: string }, terminal: Terminal): Promise<number> {
  const { input, output, json, style, strength } = command
  // The lines of a drawing can be written as strokes.
  const writable = style === 'drawing' ? (['png', 'svg'] as const) : (['png'] as const)
  const { jobs, format } = await photoJobs(input, output, { format: pictureFormat(command), writable })
  const id = await modelFor(command)
  // It shares this process's TensorFlow.js with the model, and comes first.
  const finder = await loadFaceFinder()
  const session = await startSession(command, id)
  try {
    const about = { model: id, style, backend: session.backend, sizePx: session.settings.sizePx }
    const make = async (face: OpenedFace) => ({ data: await paint(face, session, strength, format === 'svg'), about })
    return await eachPhoto({ jobs, json, terminal, finder: async () => finder, make: (face): Promise<PhotoResult> => make(face) })
  } finally {
    session.dispose()
  }
}

/** @throws UsageError for what a picture cannot be written as */
function pictureFormat({ style, format }: PictureCommand): 'png' | 'svg' | null {
  if (format === 'json') throw new UsageError('a picture is written as PNG, a drawing also as SVG')
  if (format === 'svg' && style !== 'drawing') throw new UsageError(`only a drawing has lines to write as SVG; "${style}" is a PNG`)
  return format
}

/** The first one of that style, or the one that was named. */
async function modelFor({ models, modelId, style }: PictureCommand & { readonly models: string }): Promise<string> {
  const known = (await loadIndex(readFrom(models))).models.filter((model) => model.style === style)
  const [first] = known
  if (!first) throw new UsageError(`no model for "${style}" is installed; "face-studio models" lists what there is`)
  if (modelId === null) return first.id
  if (known.some(({ id }) => id === modelId)) return modelId
  throw new UsageError(`there is no model "${modelId}" for "${style}"; there is ${known.map(({ id }) => id).join(', ')}`)
}

async function startSession({ models, backend }: { models: string; backend: Backend | null }, id: string): Promise<PictureSession> {
  const model = await loadModel(readFrom(models), id)
  return (await chooseBackend(nodeBackends(), model, { force: backend, exclude: [] }, openPictureSession)).session
}

async function paint({ face, crop }: OpenedFace, session: PictureSession, strength: number | null, traces: boolean): Promise<Uint8Array> {
  const { sizePx } = session.settings
  const image = crop(sizePx)
  const regions = faceRegions(image, face.landmarks)
  const request = {
    photo: Uint8ClampedArray.from(image.data),
    face: { landmarks: face.landmarks, regions, yawDegrees: face.yawDegrees },
    strength,
  }
  const pixels = await session.paint(request)
  if (traces) return new TextEncoder().encode(exportSvg(drawingStrokes(pixels, sizePx)))
  return withPngText(writeFace(pixels, sizePx), madeByStudio(`made from a photo by the model ${session.model.manifest.id}`))
}
