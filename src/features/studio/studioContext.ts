/** What the studio's components work with, made once by the composition root. */

import { createContext, useContext } from 'react'
import type { Editor } from '../../editor/types'
import type { PreferencesStore } from '../ui/preferences'
import type { CommandContext } from './commandTypes'
import type { Comparison } from './comparison/comparisonLoop'
import type { FaceLoop } from './face/faceTypes'
import type { InferencePort } from './inferencePort'
import type { PartTrace } from './parts/partTrace'
import type { Reference } from './reference/reference'
import type { Announcements } from './surface/announcements'
import type { StudioUiStore } from './uiStore'
import type { RandomFaces } from './wholeFace/randomFaces'
import type { WholeFace } from './wholeFace/wholeFace'

export interface StudioServices {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly ui: StudioUiStore
  readonly faceLoop: FaceLoop
  /** Models side by side. */
  readonly comparison: Comparison
  readonly inference: InferencePort
  readonly commandContext: CommandContext
  /** Which part of the face is drawn or hovered over. */
  readonly partTrace: PartTrace
  /** Says a sentence to screen readers. */
  readonly announcements: Announcements
  readonly reference: Reference
  /** The sliders that move a whole drawing. */
  readonly wholeFace: WholeFace
  readonly randomFaces: RandomFaces
  /** Asks for a file and puts its picture under the page. */
  readonly chooseReference: () => void
  readonly exportFace: () => void
  /** Another of the shipped models. */
  readonly chooseModel: (id: string) => void
}

export const StudioContext = createContext<StudioServices | null>(null)

export function useStudio(): StudioServices {
  const services = useContext(StudioContext)
  if (!services) throw new Error('The studio is shown outside its context.')
  return services
}
