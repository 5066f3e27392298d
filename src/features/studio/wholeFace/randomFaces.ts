/**
 * Random faces to choose from: seeds in, a contour, a look and the face of both for each, the same for the same seed. The faces are made one after another in the second worker, so that the
 * live one stays the pen's. The chosen one becomes the page in one edit, its number a tag of the sketch; its look comes and goes with it as that edit is undone and done again.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { emptyDocument, type SketchDocument, type Stroke } from '../../../editor/document'
import { strokesOfLines } from '../../../editor/lineStrokes'
import type { Editor } from '../../../editor/types'
import type { Look } from '../../../faces/look'
import { sampleLook } from '../../../faces/lookSampler'
import { photoContour } from '../../../faces/photoContour'
import { placementOf } from '../../../faces/placement'
import { sampleShape } from '../../../faces/shapeSampler'
import { newId } from '../../../shared/ids'
import type { GeneratedFace, MakeRequest, ModelSummary } from '../../../workers/protocol'
import { drawnFor, faceRequest, PLAIN_LOCALITY } from '../face/faceRequest'
import type { FaceLoop, FacePicture } from '../face/faceTypes'
import { sameLook } from '../look/lookValues'

/** Numbers that one can read out, as for random looks. */
const SEEDS = 100_000
const COUNT = 6
/** How a sketch says which face it began as. */
const TAG = /^face-\d{1,5}$/

export interface RandomFace {
  readonly seed: number
  readonly strokes: readonly Stroke[]
  readonly look: Look
  readonly status: 'waiting' | 'shown' | 'failed'
  readonly picture: FacePicture | null
}

export interface RandomFacesState {
  /** `null` while none are offered. */
  readonly faces: readonly RandomFace[] | null
}

export interface RandomFaces {
  readonly store: StoreApi<RandomFacesState>
  /** Six faces; others, when some are offered already. */
  offer(): void
  choose(seed: number): void
  close(): void
  dispose(): void
}

interface Parts {
  readonly editor: Editor
  readonly faceLoop: Pick<FaceLoop, 'store' | 'setLook' | 'takeLook'>
  /** The live model in use, `null` until it is ready. */
  readonly model: () => Pick<ModelSummary, 'ref' | 'lookFields'> | null
  /** A face by it, beside the live ones; `null` when nobody wants it any more. */
  readonly generate: (ref: ModelSummary['ref'], make: MakeRequest) => Promise<GeneratedFace | null>
  /** Its memory in the second worker may go. */
  readonly release: (ref: ModelSummary['ref']) => void
  readonly random?: () => number
}

export function createRandomFaces(parts: Parts): RandomFaces {
  return new Offers(parts)
}

/** The number of the random face that a sketch began as; `null` for any other sketch. */
export function randomFaceNumber({ tags }: Pick<SketchDocument, 'tags'>): number | null {
  const tag = tags.find((each) => TAG.test(each))
  return tag === undefined ? null : Number(tag.slice(tag.indexOf('-') + 1))
}

/** The edit that put a random face on the page, and the looks on either side of it. */
interface Step {
  readonly before: { readonly strokes: readonly Stroke[]; readonly look: Look }
  readonly after: { readonly strokes: readonly Stroke[]; readonly look: Look }
}

class Offers implements RandomFaces {
  readonly store = createStore<RandomFacesState>(() => ({ faces: null }))
  private readonly parts: Parts
  private readonly steps: Step[] = []
  private readonly unsubscribe: () => void
  private inUse: ModelSummary['ref'] | null = null

  constructor(parts: Parts) {
    this.parts = parts
    this.unsubscribe = parts.editor.documentStore.subscribe((now, before) => this.followLook(before.document.strokes, now.document.strokes))
  }

  offer(): void {
    const fields = this.parts.model()?.lookFields ?? []
    const random = this.parts.random ?? Math.random
    const seeds = new Set<number>()
    while (seeds.size < COUNT) seeds.add(Math.floor(random() * SEEDS))
    this.store.setState({ faces: [...seeds].map((seed) => offered(seed, sampleLook(fields, seed))) })
    void this.paintAll()
  }

  choose(seed: number): void {
    const face = this.store.getState().faces?.find((each) => each.seed === seed)
    if (!face) return
    const { editor, faceLoop } = this.parts
    const { document } = editor.documentStore.getState()
    const { look } = faceLoop.store.getState()
    const tags = [...document.tags.filter((tag) => !TAG.test(tag)), `face-${seed}`]
    editor.commands.replacePage('randomFace', { strokes: face.strokes, tags })
    faceLoop.takeLook(face.look)
    this.steps.push({
      before: { strokes: document.strokes, look },
      after: { strokes: face.strokes, look: faceLoop.store.getState().look },
    })
    this.close()
  }

  close(): void {
    this.store.setState({ faces: null })
    if (this.inUse) this.parts.release(this.inUse)
    this.inUse = null
  }

  dispose(): void {
    this.unsubscribe()
    this.store.setState({ faces: null })
  }

  /** One after another, in the order of the page; those that are no longer offered are passed over. */
  private async paintAll(): Promise<void> {
    const { faces } = this.store.getState()
    for (const { seed } of faces ?? []) {
      const face = this.find(seed)
      const model = this.parts.model()
      if (face && !model) this.note(seed, { status: 'failed' })
      if (!face || !model) continue
      this.inUse = model.ref
      try {
        const made = await this.parts.generate(model.ref, (summary) => (this.find(seed) ? this.requestOf(face, summary) : null))
        this.note(seed, made ? { status: 'shown', picture: made } : { status: 'failed' })
      } catch {
        this.note(seed, { status: 'failed' })
      }
    }
  }

  private requestOf({ strokes, look }: RandomFace, model: ModelSummary): ReturnType<typeof faceRequest> {
    const { tolerance } = this.parts.faceLoop.store.getState()
    const { revision } = this.parts.editor.documentStore.getState()
    const scene = { revision, look, tolerance, standIns: true, placement: placementOf(strokes) }
    return faceRequest(model, scene, drawnFor(model, scene, { ...emptyDocument('random'), strokes }), PLAIN_LOCALITY)
  }

  private find(seed: number): RandomFace | null {
    return this.store.getState().faces?.find((each) => each.seed === seed) ?? null
  }

  private note(seed: number, change: Partial<RandomFace>): void {
    const { faces } = this.store.getState()
    this.store.setState({ faces: faces?.map((each) => (each.seed === seed ? { ...each, ...change } : each)) ?? null })
  }

  /** Looks have no history of their own. One that was changed since is the person's, and stays. */
  private followLook(from: readonly Stroke[], to: readonly Stroke[]): void {
    const { store, setLook } = this.parts.faceLoop
    const { look } = store.getState()
    for (const { before, after } of this.steps) {
      if (from === after.strokes && to === before.strokes && sameLook(look, after.look)) setLook(before.look)
      if (from === before.strokes && to === after.strokes && sameLook(look, before.look)) setLook(after.look)
    }
  }
}

function offered(seed: number, look: Look): RandomFace {
  const lines = photoContour(sampleShape(seed), null, { pupils: true, ears: false, hair: false })
  return { seed, strokes: strokesOfLines(lines, newId), look, status: 'waiting', picture: null }
}
