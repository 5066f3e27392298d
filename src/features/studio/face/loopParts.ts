/** What the face loop is made with, and what it sends on its way. */

import type { SketchDocument } from '../../../editor/document'
import type { Editor } from '../../../editor/types'
import type { PreferencesStore } from '../../ui/preferences'
import type { FaceGenerator, FaceRefiner } from './faceTypes'
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
