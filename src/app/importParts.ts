/** What imports work with, and what came of a file. */

import type { Editor } from '../editor/types'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import type { ImportResult } from '../storage/exchange/types'
import type { StudioStorage } from '../storage/types'
import type { AppUiStore } from './appUi'
import type { SketchKeeper } from './sketchKeeper'

export interface ImportParts {
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly storage: StudioStorage
  readonly keeper: SketchKeeper
  readonly toasts: ToastStore
  readonly ui: AppUiStore
  readonly messages: () => Messages
  /** What came in is on the page: show it. */
  readonly showPage: () => void
}

export interface Outcome {
  readonly file: File
  readonly result?: ImportResult
  readonly error?: unknown
}
