/** `face-studio drawing | cartoon | anime | photo | frontal`: photos → pictures by the model of that style, one after another on one loaded model. */

import path from 'node:path'
import { faceRegions } from '../faces/photoSketch'
import { chooseBackend } from '../inference/backends'
import { loadIndex, loadManifest, loadModel } from '../inference/loadModel'
import { madeBy } from '../inference/madeBy'
import { openPictureSession } from '../inference/openSession'
import type { PictureSession } from '../inference/pictureSession'
import { isPictureSettings } from '../inference/tasks'
import { madeByStudio, withPngText } from '../shared/pngText'
import { exportSvg } from '../storage/exchange/svg/exportSvg'
import type { Backend, PictureStyle } from '../workers/protocol'
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
  const { input, output, json, style } = command
  // The lines of a drawing can be written as strokes.
  const writable = style === 'drawing' ? (['png', 'svg'] as const) : (['png'] as const)
  const { jobs, format } = await photoJobs(input, output, { format: pictureFormat(command), writable })
  const model = await modelFor(command)
  // It shares this process's TensorFlow.js with the model, and comes first.
  const finder = await loadFaceFinder()
  const session = await startSession(command, model)
  try {
    const about = { model: model.id, style, backend: session.backend, sizePx: session.settings.sizePx }
    const make = async (face: OpenedFace) => ({ data: await paint(face, session, command, format === 'svg'), about })
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

/** A model's folder and the one that it lies in. */
interface PlacedModel {
  readonly models: string
  readonly id: string
}

/** The first one of that style, the one that was named, or one that lies somewhere else. */
async function modelFor({ models, modelId, style }: PictureCommand & { readonly models: string }): Promise<PlacedModel> {
  if (modelId !== null && /[\\/]/.test(modelId)) return ownModel(modelId, style)
  const known = (await loadIndex(readFrom(models))).models.filter((model) => model.style === style)
  const [first] = known
  if (!first) throw new UsageError(`no model for "${style}" is installed; "face-studio models" lists what there is`)
  if (modelId === null) return { models, id: first.id }
  if (known.some(({ id }) => id === modelId)) return { models, id: modelId }
  throw new UsageError(`there is no model "${modelId}" for "${style}"; there is ${known.map(({ id }) => id).join(', ')}`)
}

/** A folder that the studio has exported. */
async function ownModel(folder: string, style: PictureStyle): Promise<PlacedModel> {
  const whole = path.resolve(folder)
  const placed = { models: path.dirname(whole), id: path.basename(whole) }
  const { task } = await loadManifest(readFrom(placed.models), placed.id)
  if (isPictureSettings(task) && task.style === style) return placed
  throw new UsageError(`the model in ${folder} makes no "${style}"`)
}

async function startSession({ backend }: { backend: Backend | null }, { models, id }: PlacedModel): Promise<PictureSession> {
  const model = await loadModel(readFrom(models), id)
  return (await chooseBackend(nodeBackends(), model, { force: backend, exclude: [] }, openPictureSession)).session
}

async function paint(
  { face, crop }: OpenedFace,
  session: PictureSession,
  { strength, radius }: PictureCommand,
  traces: boolean,
): Promise<Uint8Array> {
  const { sizePx } = session.settings
  const image = crop(sizePx)
  const regions = faceRegions(image, face.landmarks)
  const request = {
    photo: Uint8ClampedArray.from(image.data),
    face: { landmarks: face.landmarks, regions, yawDegrees: face.yawDegrees },
    strength,
    radius,
  }
  const pixels = await session.paint(request)
  if (traces) return new TextEncoder().encode(exportSvg(drawingStrokes(pixels, sizePx)))
  return withPngText(
    writeFace(pixels, sizePx),
    madeByStudio(`made from a photo by the model ${session.model.manifest.id}`, madeBy(session.model, null)),
  )
}
