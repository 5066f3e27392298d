/** Composition root: the only place where storage, editor, worker and interface are wired together. */

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import type { AppServices } from './app/appContext'
import { createAppUi } from './app/appUi'
import { createExportActions } from './app/exportActions'
import { createImportActions } from './app/importActions'
import { SketchKeeper } from './app/sketchKeeper'
import { keepToolSettings, storedToolSettings } from './app/toolSettings'
import { createEditor, emptyDocument } from './editor'
import { createCommandContext } from './features/studio/commandContext'
import { createFaceLoop } from './features/studio/face/faceLoop'
import { createStudioUi } from './features/studio/uiStore'
import { MESSAGES } from './features/ui/i18n/messages'
import { openPreferences } from './features/ui/preferences'
import { createToasts } from './features/ui/toasts'
import { newId, openStorage } from './storage'
import { InferenceClient } from './workers/client'
import { BACKENDS } from './workers/protocol'
import './app/styles/index.css'

async function main(): Promise<void> {
  const inference = new InferenceClient()
  startInference(inference)
  const storage = await openStorage()
  const preferences = await openPreferences(storage.settings, navigator.languages)
  const messages = () => MESSAGES[preferences.getState().locale]
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
  })
  const toasts = createToasts()
  const studioUi = createStudioUi()
  const keeper = new SketchKeeper(
    {
      storage,
      editor,
      faceLoop,
      onNotices: (notices) => {
        for (const notice of notices) {
          const text = messages().notices[notice.kind]
          toasts.show({ kind: 'note', title: typeof text === 'string' ? text : text('count' in notice ? notice.count : 0) })
        }
      },
      onError: (error) => {
        const text = messages().errors[error.code]
        const action = { label: messages().saving.exportNow, perform: () => void exports.exportAs('database') }
        toasts.show({ kind: 'problem', title: text.title, detail: text.advice, action })
      },
    },
    session,
  )
  const exports = createExportActions({ editor, faceLoop, storage, toasts, messages, flush: () => keeper.flush() })
  const appUi = createAppUi()
  const imports = createImportActions({ editor, faceLoop, storage, keeper, toasts, ui: appUi, messages })
  const services: AppServices = {
    studio: {
      editor,
      preferences,
      ui: studioUi,
      faceLoop,
      inference,
      commandContext: createCommandContext({ editor, preferences, faceLoop, ui: studioUi }),
      exportFace: () => void exports.exportAs('facePng'),
    },
    storage,
    keeper,
    exports,
    imports,
    toasts,
    ui: appUi,
  }
  protectFromClosing(keeper)
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root.')
  createRoot(root).render(<App services={services} />)
}

/** `?backend=wasm` forces a back end, `?model=ID` a model. */
function startInference(inference: InferenceClient): void {
  const query = new URLSearchParams(location.search)
  const backend = query.get('backend')
  inference.start({
    modelsUrl: new URL('models/', document.baseURI).href,
    modelId: query.get('model'),
    forceBackend: BACKENDS.find((known) => known === backend) ?? null,
    exclude: [],
  })
}

/** A hidden page may never come back: write now. Leaving with something unwritten asks first. */
function protectFromClosing(keeper: SketchKeeper): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keeper.flush()
  })
  window.addEventListener('beforeunload', (event) => {
    if (keeper.hasUnsaved) event.preventDefault()
  })
}

void main()
