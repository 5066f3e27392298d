/** What the face loop is made with, and what it sends on its way. */

import type { SketchDocument } from '../../../editor/document'
import type { Editor } from '../../../editor/types'
import type { PreferencesStore } from '../../ui/preferences'
import type { FaceScene } from './faceRequest'
import type { FaceGenerator, FaceRefiner, FaceState } from './faceTypes'
import type { FaceKeeping } from './keptFace'

export interface LoopOptions {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly generator: FaceGenerator
  /** For the finer face when the pen rests. */
  readonly refiner: FaceRefiner
  /** Missing: nothing outlives a reload. */
  readonly keeping?: FaceKeeping
}

/** One request on its way. */
export interface Errand {
  readonly document: SketchDocument
  readonly conditions: string
  readonly isPreview: boolean
  readonly sequence: number
}

export function nextTask(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0))
}

/** What a face is made under now. */
export function sceneNow({ editor, preferences }: LoopOptions, { look, tolerance, placement }: FaceState): FaceScene {
  const { revision } = editor.documentStore.getState()
  return { revision, look, tolerance, placement, standIns: preferences.getState().standIns }
}

/** Everything but the drawing that makes a face, as one comparable string, in the order in which kept faces have it; `null` while no model is ready. */
export function conditionsOf({ generator, preferences }: LoopOptions, state: FaceState, document: SketchDocument): string | null {
  const model = generator.model()
  if (!model) return null
  const { look, tolerance, placement, locality } = state
  return JSON.stringify([document.id, model.id, locality, preferences.getState().standIns, placement, look, model.tolerance && tolerance])
}
