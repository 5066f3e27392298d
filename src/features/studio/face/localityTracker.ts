/**
 * Which face an edit is measured against, and where it may change: the document and the faces shown so far in, the protocol's `Locality` out.
 *
 * The reference is the face as it stood before the present run of edits to the same part. It is dropped whenever something else than the
 * drawing changes the face (another look, mode, model or sketch): the face then starts anew.
 * The base of "Hold the rest" is pinned when the switch is turned on, and again when the look or the sketch changes. The finer face is held at the
 * same base as the live one.
 */

import type { SketchDocument } from '../../../editor/document'
import { differingLeftOut, differingStrokes, sameInk } from '../../../editor/documentEdits'
import { placedStrokes } from '../../../editor/placedPage'
import type { EditRun } from '../../../editor/types'
import type { Look } from '../../../faces/look'
import type { Part } from '../../../faces/parts'
import { editRegion } from '../../../faces/regions'
import type { Similarity } from '../../../faces/similarity'
import type { Locality } from '../../../workers/protocol'

export const LOCALITY_MODES = ['plain', 'hold', 'lock'] as const
export type LocalityMode = (typeof LOCALITY_MODES)[number]

/** A face that shows a committed revision. */
export interface SettledFace {
  readonly revision: number
  readonly document: SketchDocument
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  /** Everything but the drawing that made it, as one comparable string. */
  readonly conditions: string
}

export interface LocalityInput {
  readonly mode: LocalityMode
  readonly document: SketchDocument
  /** `null` for a face of the whole page, and while the pen moves. */
  readonly editRun: EditRun | null
  readonly isPreview: boolean
  readonly look: Look
  readonly conditions: string
  readonly settled: SettledFace | null
  /** Pinned by another tracker; missing or `null` pins one here. */
  readonly base?: HoldBase | null
  readonly sizePx: number
  /** Of the drawing now. Part of the conditions: a face of another placement is no reference. */
  readonly placement: Similarity
  readonly rasterize: (document: SketchDocument) => Uint8ClampedArray
}

interface Reference {
  readonly runBaseRevision: number
  readonly face: SettledFace
}

/** The drawing that "Hold the rest" holds on to. */
export interface HoldBase {
  readonly id: string
  readonly key: string
  readonly document: SketchDocument
  readonly sizePx: number
  readonly sketch: Uint8ClampedArray
  readonly look: Look
}

export class LocalityTracker {
  private reference: Reference | null = null
  private base: HoldBase | null = null
  private baseCount = 0

  locality(input: LocalityInput): Locality {
    const face = this.referenceFace(input)
    const region = face ? changedRegion(face.document, input) : null
    return {
      hold: this.hold(input),
      lockOutside: input.mode === 'lock' && region !== null,
      reference: face && region ? { pixels: face.pixels } : null,
      region,
    }
  }

  /** The drawing whose face the newest committed one is measured against. */
  get referenceDocument(): SketchDocument | null {
    return this.reference?.face.document ?? null
  }

  get holdBase(): HoldBase | null {
    return this.base
  }

  /** As it was before a reload. */
  restore(base: HoldBase | null): void {
    this.base = base
    this.baseCount = 1
  }

  /** The next face with "Hold the rest" is held at the drawing as it is then. */
  releaseHold(): void {
    this.base = null
  }

  private referenceFace({ settled, conditions, editRun, isPreview }: LocalityInput): SettledFace | null {
    if (!settled || settled.conditions !== conditions) {
      if (!isPreview) this.reference = null
      return null
    }
    if (isPreview) return settled
    if (!editRun) {
      this.reference = null
      return null
    }
    const kept = this.reference
    if (kept && kept.runBaseRevision === editRun.baseRevision && kept.face.conditions === conditions) return kept.face
    this.reference = { runBaseRevision: editRun.baseRevision, face: settled }
    return settled
  }

  private hold(input: LocalityInput): Locality['hold'] {
    if (input.mode === 'plain') {
      this.base = null
      return null
    }
    const { id, document, sizePx, sketch, look } = input.base ?? this.pin(input)
    return { id, sketch: sizePx === input.sizePx ? sketch : input.rasterize(document), look }
  }

  private pin({ document, look, sizePx, placement, rasterize }: LocalityInput): HoldBase {
    const key = `${document.id}|${sizePx}|${JSON.stringify([look, placement])}`
    if (this.base?.key !== key) {
      this.baseCount++
      this.base = { id: `hold-${this.baseCount}`, key, document, sizePx, sketch: rasterize(document), look }
    }
    return this.base
  }
}

function changedRegion(before: SketchDocument, { document, editRun, sizePx, placement }: LocalityInput): Uint8ClampedArray | null {
  const parts = changedParts(before, document)
  for (const part of [...(editRun?.parts ?? []), ...differingLeftOut(before, document)]) parts.add(part)
  if (parts.size === 0 || sameInk(before, document)) return null
  return editRegion(placedStrokes(before.strokes, placement), placedStrokes(document.strokes, placement), [...parts], sizePx)
}

/** Parts of the strokes that are on one page only. */
export function changedParts(before: Pick<SketchDocument, 'strokes'>, after: Pick<SketchDocument, 'strokes'>): Set<Part> {
  return new Set(differingStrokes(before, after).map(({ part }) => part))
}
