/** Something like a face on something like a wall: what golden fixtures of models from nothing are made of. No person, and the same on every machine. */

import { MEAN_LANDMARKS } from '../../faces/meanFace'
import { foregroundOf, placesOf } from '../../faces/portraitPlaces'

/** Whatever a task that makes pictures of photos may ask for. */
export function exampleFace(sizePx: number) {
  const face = { landmarks: MEAN_LANDMARKS, regions: null }
  return { photo: examplePhoto(sizePx), foreground: foregroundOf(face, sizePx), places: placesOf(face.landmarks) }
}

/** `[size · size, 3]` bytes. */
function examplePhoto(sizePx: number): Uint8ClampedArray {
  const photo = new Uint8ClampedArray(3 * sizePx ** 2)
  for (let i = 0; i < sizePx ** 2; i++) {
    const [x, y] = [((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx]
    const isHead = ((x - 0.5) / 0.27) ** 2 + ((y - 0.55) / 0.36) ** 2 < 1
    const wall = [70 + 60 * x, 90 + 50 * y, 120 - 40 * x * y]
    const skin = [205 - 40 * Math.abs(x - 0.4), 165 - 40 * y, 140 - 30 * x]
    photo.set(isHead ? skin : wall, 3 * i)
  }
  return photo
}
