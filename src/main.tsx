/** Composition root: the only place where storage, editor, worker and interface are wired together. */

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import type { AppServices } from './app/appContext'
import { createAppUi } from './app/appUi'
import { createExportActions } from './app/exportActions'
import { createImportActions } from './app/importActions'
import { createNotifier } from './app/notifier'
import { protectFromClosing, SketchKeeper } from './app/sketchKeeper'
import { startInference } from './app/startInference'
import { keepToolSettings, storedToolSettings } from './app/toolSettings'
import { createEditor, emptyDocument } from './editor'
import { createCommandContext } from './features/studio/commandContext'
import { createComparison } from './features/studio/comparison/comparisonLoop'
import { createFaceLoop } from './features/studio/face/faceLoop'
import { createAnnouncements } from './features/studio/surface/announcements'
import { createStudioUi } from './features/studio/uiStore'
import { messagesOf } from './features/ui/i18n/messages'
import { openPreferences } from './features/ui/preferences'
import { createToasts } from './features/ui/toasts'
import { newId } from './shared/ids'
import { openStorage } from './storage'
import { InferenceClient } from './workers/client'
import './app/styles/index.css'

/** The worker starts first: it takes longest. */
async function openServices(): Promise<AppServices> {
  const inference = new InferenceClient()
  startInference(inference)
  const storage = await openStorage()
  const preferences = await openPreferences(storage.settings, navigator.languages)
  const messages = () => messagesOf(preferences.getState().locale)
  const session = (await storage.sketches.openLast().catch(() => null)) ?? (await storage.sketches.create(emptyDocument(newId())))
  const editor = createEditor({ document: session.document, settings: await storedToolSettings(storage.settings) })
  keepToolSettings(editor, storage.settings)
  const faceLoop = createFaceLoop({
    editor,
    preferences,
    generator: {
      generate: (request) => inference.generate(request),
      model: () => inference.store.getState().description?.model ?? null,
      subscribe: (listener) => inference.store.subscribe(listener),
    },
    refiner: {
      modelId: () => inference.fineModel()?.id ?? null,
      generate: (make) => inference.refine(make),
    },
  })
  const comparison = createComparison({
    editor,
    preferences,
    faceLoop,
    models: {
      list: () => inference.store.getState().description?.models.filter(({ role }) => role === 'comparison') ?? [],
      generate: (modelId, make) => inference.compare(modelId, make),
    },
  })
  const toasts = createToasts()
  const notifier = createNotifier(toasts, messages)
  const flush = (): Promise<void> => keeper.flush()
  const exports = createExportActions({ editor, faceLoop, storage, toasts, messages, flush })
  const exportAll = (): void => void exports.exportAs('database')
  const keeper = new SketchKeeper(
    { storage, editor, faceLoop, onNotices: notifier.notices, onError: (error) => notifier.storageError(error, exportAll) },
    session,
  )
  protectFromClosing(keeper)
  if (storage.warning) notifier.storageError(storage.warning)
  const ui = createAppUi()
  const studioUi = createStudioUi()
  return {
    studio: {
      editor,
      preferences,
      ui: studioUi,
      faceLoop,
      comparison,
      inference,
      commandContext: createCommandContext({ editor, preferences, faceLoop, ui: studioUi }),
      announcements: createAnnouncements(),
      exportFace: () => void exports.exportAs('facePng'),
      chooseModel: (id) => startInference(inference, id),
    },
    storage,
    keeper,
    exports,
    imports: createImportActions({ editor, faceLoop, storage, keeper, toasts, ui, messages }),
    toasts,
    ui,
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(<App services={await openServices()} />)
