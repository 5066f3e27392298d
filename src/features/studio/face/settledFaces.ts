/** The newest face that one model made of a committed drawing, and the one before it: what edits are measured against and compared with. */

import type { SketchDocument } from '../../../editor/document'
import { sameInk } from '../../../editor/documentEdits'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import type { FacePicture } from './faceTypes'
import type { SettledFace } from './localityTracker'

export class SettledFaces {
  face: SettledFace | null = null
  /** As the worker gave it, to show it again. */
  generated: GeneratedFace | null = null
  picture: FacePicture | null = null
  /** All that the face was made of; `null` where that is not known. */
  request: GenerateRequest | null = null
  /** Before the drawing or the look changed; not an equal one after a restart. */
  previous: FacePicture | null = null

  settle(generated: GeneratedFace, document: SketchDocument, conditions: string, request: GenerateRequest | null = null): void {
    const { revision, pixels, sizePx, madeBy } = generated
    const before = this.face
    if (before?.document.id !== document.id) this.previous = null
    else if (!sameInk(before.document, document) || before.conditions !== conditions) this.previous = this.picture
    this.face = { revision, document, pixels, conditions }
    this.generated = generated
    this.picture = { pixels, sizePx, madeBy }
    this.request = request
  }

  isOf(document: SketchDocument, conditions: string): boolean {
    return this.face !== null && sameInk(this.face.document, document) && this.face.conditions === conditions
  }

  /** Another name or tag: a new revision of the same drawing. */
  carryOver(document: SketchDocument, revision: number): void {
    if (this.face) this.face = { ...this.face, document, revision }
    if (this.generated) this.generated = { ...this.generated, revision }
  }
}
