/**
 * Models side by side: the drawing in, each model's face of it out, measured against the same model's face of the pinned drawing. So the figures say how
 * far an edit of one part reaches in each model, and nothing about how the models differ from each other.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SketchDocument } from '../../../editor/document'
import { differingLeftOut, sameInk } from '../../../editor/documentEdits'
import { placedStrokes } from '../../../editor/placedPage'
import type { Editor } from '../../../editor/types'
import type { Look } from '../../../faces/look'
import { editRegion } from '../../../faces/regions'
import type { Similarity } from '../../../faces/similarity'
import type { GeneratedFace, MakeRequest, ModelEntry } from '../../../workers/protocol'
import type { PreferencesStore } from '../../ui/preferences'
import { drawnFor, type FaceScene, faceRequest, PLAIN_LOCALITY } from '../face/faceRequest'
import type { FaceLoop, FacePicture, HeatMap } from '../face/faceTypes'
import { changedParts } from '../face/localityTracker'

export interface ComparisonModels {
  /** Those that are installed for comparison, in order; empty while none is known. */
  list(): readonly ModelEntry[]
  /** `null` when a newer request has replaced this one, or `make` gave none. */
  generate(modelId: string, make: MakeRequest): Promise<GeneratedFace | null>
  /** Nobody compares this model any more: its memory may go. */
  release(modelId: string): void
}

export interface ComparedFace {
  readonly status: 'waiting' | 'shown' | 'failed'
  /** Increases with every face: a change means new pictures. */
  readonly sequence: number
  /** `null` while the drawing is the pinned one. */
  readonly change: { readonly meanInside: number; readonly meanOutside: number } | null
}

export interface ComparisonState {
  readonly isOpen: boolean
  /** By model id. */
  readonly faces: Readonly<Record<string, ComparedFace>>
}

export interface ComparisonPictures {
  readonly face: FacePicture
  readonly heat: HeatMap | null
}

export interface Comparison {
  readonly store: StoreApi<ComparisonState>
  readonly models: () => readonly ModelEntry[]
  readonly pictures: (modelId: string) => ComparisonPictures | null
  open(): void
  close(): void
  /** From now on edits are measured against the drawing as it is. */
  pin(): void
  dispose(): void
}

interface Parts {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly faceLoop: Pick<FaceLoop, 'store'>
  readonly models: ComparisonModels
}

export function createComparison(parts: Parts): Comparison {
  return new ComparisonLoop(parts)
}

/** What a face is made of. */
interface Scene extends FaceScene {
  readonly document: SketchDocument
}

/** One model's part. */
interface Contestant {
  /** The face of the pinned drawing, and what else it was made of. */
  base: {
    readonly face: GeneratedFace
    readonly pin: SketchDocument
    readonly look: Look
    readonly standIns: boolean
    readonly placement: Similarity
  } | null
  pictures: ComparisonPictures | null
  busy: boolean
  stale: boolean
}

const WAITING: ComparedFace = { status: 'waiting', sequence: 0, change: null }

class ComparisonLoop implements Comparison {
  readonly store = createStore<ComparisonState>(() => ({ isOpen: false, faces: {} }))
  private readonly parts: Parts
  private readonly contestants = new Map<string, Contestant>()
  private readonly unsubscribers: (() => void)[]
  private pinned: SketchDocument | null = null

  constructor(parts: Parts) {
    this.parts = parts
    const { editor, preferences, faceLoop } = parts
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => !sameInk(now.document, before.document) && this.onDocument(now.document)),
      preferences.subscribe((now, before) => now.standIns !== before.standIns && this.refresh()),
      faceLoop.store.subscribe((now, before) => (now.look !== before.look || now.placement !== before.placement) && this.refresh()),
    ]
  }

  models(): readonly ModelEntry[] {
    return this.parts.models.list()
  }

  pictures(modelId: string): ComparisonPictures | null {
    return this.contestants.get(modelId)?.pictures ?? null
  }

  open(): void {
    if (this.store.getState().isOpen) return
    const faces = Object.fromEntries(this.models().map(({ id }) => [id, WAITING]))
    this.store.setState({ isOpen: true, faces })
    this.pin()
  }

  /** Pictures are let go of, and the models' memory. */
  close(): void {
    for (const id of this.contestants.keys()) this.parts.models.release(id)
    this.contestants.clear()
    this.pinned = null
    this.store.setState({ isOpen: false, faces: {} })
  }

  pin(): void {
    this.pinned = this.parts.editor.documentStore.getState().document
    this.refresh()
  }

  dispose(): void {
    this.close()
    for (const unsubscribe of this.unsubscribers) unsubscribe()
  }

  /** Another sketch is no edit of this one. */
  private onDocument(document: SketchDocument): void {
    if (this.pinned && this.pinned.id !== document.id) this.pinned = document
    this.refresh()
  }

  private refresh(): void {
    if (!this.store.getState().isOpen) return
    for (const { id } of this.models()) {
      const contestant = this.contestants.get(id) ?? { base: null, pictures: null, busy: false, stale: false }
      this.contestants.set(id, contestant)
      contestant.stale = true
      if (!contestant.busy) void this.run(id, contestant)
    }
  }

  /** Until the newest drawing is on display: one request at a time, and whatever came between two of them is passed over. */
  private async run(id: string, contestant: Contestant): Promise<void> {
    contestant.busy = true
    try {
      while (contestant.stale && this.contestants.get(id) === contestant) {
        contestant.stale = false
        await this.update(id, contestant)
      }
    } catch {
      if (this.contestants.get(id) === contestant) this.note(id, { status: 'failed', change: null })
    } finally {
      contestant.busy = false
    }
  }

  private async update(id: string, contestant: Contestant): Promise<void> {
    const { pinned } = this
    if (!pinned) return
    const scene = this.scene()
    const base = await this.baseFace(id, contestant, pinned, scene)
    if (!base || this.contestants.get(id) !== contestant) return
    const isEdited = !sameInk(scene.document, pinned)
    const face = isEdited ? await this.ask(id, scene, scene.document, { pinned, face: base }) : base
    if (!face || this.contestants.get(id) !== contestant) return
    const { pixels, sizePx, change, madeBy } = face
    contestant.pictures = { face: { pixels, sizePx, madeBy }, heat: change && { values: change.heat, sizePx } }
    this.note(id, { status: 'shown', change: change && { meanInside: change.meanInside, meanOutside: change.meanOutside } })
  }

  /** Made anew when another drawing was pinned or another look chosen. */
  private async baseFace(id: string, contestant: Contestant, pin: SketchDocument, scene: Scene): Promise<GeneratedFace | null> {
    const { look, standIns, placement } = scene
    const known = contestant.base
    const isSame = known && sameInk(known.pin, pin) && known.look === look && known.standIns === standIns
    if (isSame && known.placement === placement) return known.face
    const face = await this.ask(id, scene, pin, null)
    if (face) contestant.base = { face, pin, look, standIns, placement }
    return face
  }

  private ask(
    id: string,
    scene: Scene,
    document: SketchDocument,
    before: { readonly pinned: SketchDocument; readonly face: GeneratedFace } | null,
  ): Promise<GeneratedFace | null> {
    return this.parts.models.generate(id, (model) => {
      const { revision } = this.parts.editor.documentStore.getState()
      const locality = before && {
        ...PLAIN_LOCALITY,
        reference: { pixels: before.face.pixels },
        region: regionOf(before.pinned, document, scene.placement, model.sizePx),
      }
      return faceRequest(model, { ...scene, revision }, drawnFor(model, scene, document), locality ?? PLAIN_LOCALITY)
    })
  }

  private note(id: string, face: Pick<ComparedFace, 'status' | 'change'>): void {
    const { faces } = this.store.getState()
    this.store.setState({ faces: { ...faces, [id]: { ...face, sequence: (faces[id]?.sequence ?? 0) + 1 } } })
  }

  /** Plain faces, each model's lines as it reads them by itself: what is compared are the models. */
  private scene(): Scene {
    const { editor, preferences, faceLoop } = this.parts
    const { document, revision } = editor.documentStore.getState()
    const { look, placement } = faceLoop.store.getState()
    return { document, revision, look, placement, tolerance: null, standIns: preferences.getState().standIns }
  }
}

function regionOf(before: SketchDocument, after: SketchDocument, placement: Similarity, sizePx: number): Uint8ClampedArray {
  const placed = (document: SketchDocument) => placedStrokes(document.strokes, placement)
  const parts = new Set([...changedParts(before, after), ...differingLeftOut(before, after)])
  return editRegion(placed(before), placed(after), [...parts], sizePx)
}
