/**
 * The look and the drawing: fields that the drawing answers itself (drawn hair, a drawn beard) are opened when their first lines are drawn, and get their value back
 * when those lines go. What a person sets after that stays as it was set.
 */

import { DRAWN_FIELDS, type DrawnField, openedFor } from '../../../faces/drawnLook'
import type { Look, LookValue } from '../../../faces/look'

export class LookOfDrawing {
  private setAside: Partial<Record<DrawnField, LookValue>> = {}

  /** Another sketch: its look is as it was kept. */
  forget(): void {
    this.setAside = {}
  }

  /** The look after the drawing has begun, or ceased, to answer some fields. */
  follow(look: Look, before: readonly DrawnField[], now: readonly DrawnField[]): Look {
    const begun = DRAWN_FIELDS.filter((id) => now.includes(id) && !before.includes(id))
    const ceased = DRAWN_FIELDS.filter((id) => before.includes(id) && !now.includes(id))
    let next = this.opened(look, begun)
    for (const id of ceased) {
      const value = this.setAside[id]
      if (value !== undefined && next[id] === null) next = { ...next, [id]: value }
      delete this.setAside[id]
    }
    return next
  }

  /** A look taken over as a whole, without the fields that the drawing answers. */
  opened(look: Look, drawn: readonly DrawnField[]): Look {
    for (const id of drawn) {
      const value = look[id]
      if (value !== undefined && value !== null) this.setAside[id] = value
    }
    return openedFor(look, drawn)
  }
}
