/**
 * The face of a drawing that is held or locked, as it outlives a reload: what is locked was put together edit by edit and cannot be made again from the drawing
 * alone. Face, the base of the hold, and everything that the face was made under, plain enough for a database.
 */

import type { SketchDocument } from '../../../editor/document'
import type { Similarity } from '../../../faces/similarity'
import type { GeneratedFace, MadeBy } from '../../../workers/protocol'
import type { FaceState } from './faceTypes'
import type { HoldBase, LocalityMode } from './localityTracker'

export interface KeptFace {
  readonly version: 1
  readonly documentId: string
  /** Of the ink that the face shows. */
  readonly ink: number
  /** Everything but the drawing that made it. */
  readonly conditions: string
  readonly locality: LocalityMode
  readonly placement: Similarity
  readonly face: Pick<GeneratedFace, 'pixels' | 'sizePx' | 'elapsedMs'> & { readonly madeBy?: MadeBy | null }
  readonly base: HoldBase | null
}

/** Where it is kept: one, of the drawing on the page. */
export interface FaceKeeping {
  /** As it was when the page started. */
  readonly kept: KeptFace | null
  save(face: KeptFace | null): void
}

/** A number for all that makes ink (FNV-1a over the numbers' bits): another drawing has another one. */
export function inkOf({ strokes, leftOut = [] }: Pick<SketchDocument, 'strokes' | 'leftOut'>): number {
  const real = new Float64Array(1)
  const bits = new Uint32Array(real.buffer)
  let hash = 0x811c9dc5
  const mix = (value: number): void => {
    real[0] = value
    hash = Math.imul(hash ^ (bits[0] ?? 0), 0x01000193)
    hash = Math.imul(hash ^ (bits[1] ?? 0), 0x01000193)
  }
  const mixText = (text: string): void => {
    for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i))
  }
  for (const { part, widthPx, usesPressure, points } of strokes) {
    mixText(part)
    mix(widthPx)
    mix(usesPressure ? 1 : 0)
    mix(points.length)
    for (const value of points) mix(value)
  }
  mixText(leftOut.join())
  return hash >>> 0
}

/** What a database gives back, if it can be a kept face at all. */
export function readKeptFace(raw: unknown): KeptFace | null {
  const kept = raw as Partial<KeptFace> | null | undefined
  const face = kept?.face
  const isWhole =
    kept?.version === 1 &&
    typeof kept.conditions === 'string' &&
    (kept.locality === 'hold' || kept.locality === 'lock') &&
    face?.pixels instanceof Uint8ClampedArray &&
    face.pixels.length === 4 * face.sizePx * face.sizePx &&
    (!kept.base || kept.base.sketch instanceof Uint8ClampedArray)
  return isWhole ? (kept as KeptFace) : null
}

/** Takes the face up that a reload left, and keeps the newest one for the next. */
export class FaceMemory {
  private readonly keeping: FaceKeeping | null
  private isKept: boolean
  /** Until the first face is made, or taken from it. */
  private left: KeptFace | null

  constructor(keeping: FaceKeeping | null, documentId: string) {
    this.keeping = keeping
    this.isKept = keeping?.kept != null
    this.left = keeping?.kept?.documentId === documentId ? keeping.kept : null
  }

  /** The way in which the drawing was held or locked when the page was left. */
  get found(): KeptFace | null {
    return this.left
  }

  /** The very face, not one that is made anew; only once, and only for what it was made of. */
  take(document: SketchDocument, conditions: string, revision: number): GeneratedFace | null {
    const { left } = this
    this.left = null
    if (!left || left.conditions !== conditions || left.ink !== inkOf(document)) return null
    return { ...left.face, revision, change: null, madeBy: left.face.madeBy ?? null }
  }

  /** A face that anything may change is simply made again. */
  keep(face: GeneratedFace, document: SketchDocument, conditions: string, { locality, placement }: FaceState, base: HoldBase | null): void {
    if (locality === 'plain') {
      if (this.isKept) this.keeping?.save(null)
      this.isKept = false
      return
    }
    this.isKept = true
    const { pixels, sizePx, elapsedMs, madeBy } = face
    const ink = inkOf(document)
    this.keeping?.save({
      version: 1,
      documentId: document.id,
      ink,
      conditions,
      locality,
      placement,
      face: { pixels, sizePx, elapsedMs, madeBy },
      base,
    })
  }
}
