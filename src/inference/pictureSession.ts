/** A loaded photo → picture model on the current TensorFlow.js back end. One pass at a time; the caller waits for `paint` before the next one. */

import { StudioError } from '../shared/errors'
import { guidedPixels, MOST_RADIUS_PX } from '../shared/guidedPixels'
import type { Backend, PictureRequest } from '../workers/protocol'
import type { LoadedModel } from './loadModel'
import { ModelPass } from './modelPass'
import { isPictureSettings, pictureTaskOf } from './tasks'
import type { PicturePixels, PictureSettings } from './tasks/photoToPicture'

export class PictureSession {
  readonly model: LoadedModel
  readonly backend: Backend
  readonly settings: PictureSettings
  private readonly pass: ModelPass

  /** Puts the model's parameters on the current back end. */
  constructor(model: LoadedModel, backend: Backend) {
    const { task } = model.manifest
    if (!isPictureSettings(task)) throw new StudioError('bad-request', `The model "${model.manifest.id}" makes no pictures of photos.`)
    this.model = model
    this.backend = backend
    this.settings = task
    this.pass = new ModelPass(model)
  }

  /** Largest absolute difference to the golden picture, in the network's units (−1 to 1). Warms every kernel up on the way. */
  goldenDifference(): Promise<number> {
    return this.pass.goldenDifference()
  }

  /** RGBA `[size · size · 4]`. */
  async paint(request: PictureRequest): Promise<PicturePixels> {
    const task = pictureTaskOf(this.settings)
    const strength = strengthOf(request, this.settings)
    const arrays = task.arraysOf(this.settings, request)
    const radius = radiusOf(request)
    const made = task.decode(this.settings, await this.pass.run(arrays), arrays)
    const picture = made && radius > 0 ? guidedPixels(request.photo, made, this.settings.sizePx, radius) : made
    if (!picture) throw new StudioError('device-lost', 'The graphics device gave no valid picture. The studio goes on with another one.')
    return strength === 1 ? picture : mixed(request.photo, picture, strength)
  }

  dispose(): void {
    this.pass.dispose()
  }
}

function strengthOf({ strength }: PictureRequest, settings: PictureSettings): number {
  if (strength === null || settings.strength === null) return settings.strength ?? 1
  if (strength >= 0 && strength <= 1) return strength
  throw new StudioError('bad-request', 'The strength must be a number from 0 to 1.')
}

function radiusOf({ radius = 0 }: PictureRequest): number {
  if (Number.isInteger(radius) && radius >= 0 && radius <= MOST_RADIUS_PX) return radius
  throw new StudioError('bad-request', `The radius of the filter must be a whole number from 0 to ${MOST_RADIUS_PX}.`)
}

function mixed(photo: Uint8ClampedArray, picture: PicturePixels, strength: number): PicturePixels {
  const pixels = new Uint8ClampedArray(picture.length)
  for (let i = 0; i < pixels.length; i++) {
    const before = photo[i] as number
    pixels[i] = i % 4 === 3 ? 255 : before + strength * ((picture[i] as number) - before)
  }
  return pixels
}
