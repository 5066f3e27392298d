/** The strokes under the pen. Long ones are cut into finished pieces, so that a frame costs the same however long the stroke gets. */

import { POINT_STRIDE } from '../../../editor/document'
import type { LiveStroke } from '../../../editor/types'
import { outlinePath } from './inkPath'

/** Points of the piece that is still outlined anew each frame. */
const TAIL_POINTS = 320

interface Pieces {
  readonly finished: Path2D[]
  /** First point of the tail; it repeats the last one of the finished pieces. */
  tailFrom: number
}

export class LiveInk {
  private readonly pieces = new Map<string, Pieces>()

  /** Fills the live strokes in the context's colour, in sketch pixels. */
  paint(context: CanvasRenderingContext2D, strokes: readonly LiveStroke[]): void {
    this.forgetOthers(strokes)
    for (const stroke of strokes) {
      const pieces = this.piecesOf(stroke)
      for (const path of pieces.finished) context.fill(path)
      context.fill(outlinePath(stroke, pieces.tailFrom))
    }
  }

  private piecesOf(stroke: LiveStroke): Pieces {
    let pieces = this.pieces.get(stroke.id)
    if (!pieces) {
      pieces = { finished: [], tailFrom: 0 }
      this.pieces.set(stroke.id, pieces)
    }
    const count = stroke.points.length / POINT_STRIDE
    while (count - pieces.tailFrom > 2 * TAIL_POINTS) {
      const end = pieces.tailFrom + TAIL_POINTS
      pieces.finished.push(outlinePath(stroke, pieces.tailFrom, end + 1))
      pieces.tailFrom = end
    }
    return pieces
  }

  private forgetOthers(strokes: readonly LiveStroke[]): void {
    for (const id of this.pieces.keys()) if (!strokes.some((stroke) => stroke.id === id)) this.pieces.delete(id)
  }
}
