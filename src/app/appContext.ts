/** What the shell's components work with. */

import { createContext, useContext } from 'react'
import type { StudioServices } from '../features/studio/studioContext'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import type { StudioStorage } from '../storage/types'
import type { InferenceClient } from '../workers/client'
import type { AppUiStore } from './appUi'
import type { CaseDoor } from './caseDoor'
import type { ExportActions } from './exportActions'
import type { DiskFiles } from './files/diskFiles'
import type { FilmActions } from './film/filmActions'
import type { ImportActions } from './importActions'
import type { Navigation } from './screens/navigation'
import type { SketchKeeper } from './sketchKeeper'
import type { StrokeClipboard } from './strokeClipboard'

export interface AppServices {
  readonly studio: StudioServices
  readonly storage: StudioStorage
  /** For pictures of photos and for the lab; the studio has its own part of it. */
  readonly inference: Pick<InferenceClient, 'store' | 'companion' | 'paint' | 'compare' | 'features' | 'featureChange'>
  readonly keeper: SketchKeeper
  readonly exports: ExportActions
  readonly imports: ImportActions
  readonly strokes: StrokeClipboard
  readonly films: FilmActions
  readonly files: DiskFiles
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly navigation: Navigation<AppServices>
  readonly ui: AppUiStore
  readonly cases: CaseDoor
}

export const AppContext = createContext<AppServices | null>(null)

export function useApp(): AppServices {
  const services = useContext(AppContext)
  if (!services) throw new Error('The shell is shown outside its context.')
  return services
}
