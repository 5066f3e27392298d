/** Draws the compositions and says them as `handDrawings.ndjson` does. */

import type { Composition } from './composition'
import { HandFace } from './features'
import { MANNERS } from './manners'
import { type Dot, Pen } from './pen'
import { PEOPLE } from './people'

const MIDDLE: Dot = [256, 280]

/** One drawing a line. Whole pixels are exact enough for a hand. */
export const handDrawings = (): string => `${[...PEOPLE, ...MANNERS].map(drawn).join('\n')}\n`

function drawn({ name, widthPx, wobble, place, draw }: Composition, i: number): string {
  const pen = new Pen({ seed: i + 1, wobble })
  const face = new HandFace(pen)
  draw(pen, face)
  const onPage = placedBy(place ?? { scale: 1, turn: 0, dx: 0, dy: 0 })
  const strokes = pen.strokes.map((stroke) => stroke.flatMap(([x, y, pressure]) => [...onPage([x, y]), Number(pressure.toFixed(1))]))
  const landmarks = face.landmarks.map((point) => point && onPage(point))
  return JSON.stringify({ name, widthPx, usesPressure: true, strokes, landmarks })
}

function placedBy({ scale, turn, dx, dy }: NonNullable<Composition['place']>): (point: Dot) => Dot {
  const angle = (turn * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  return ([px, py]) => {
    const [x, y] = [px - MIDDLE[0], py - MIDDLE[1]]
    return [Math.round(MIDDLE[0] + dx + cos * x - sin * y), Math.round(MIDDLE[1] + dy + sin * x + cos * y)]
  }
}
