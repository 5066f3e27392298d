/** Composition root: the only place where storage, editor, worker and interface are wired together. */

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import type { AppServices } from './app/appContext'
import { createAppUi } from './app/appUi'
import { createCaseDoor, goOnWithCase } from './app/caseDoor'
import { tapDocuments } from './app/documentTap'
import { createExportActions } from './app/exportActions'
import { createDiskFiles } from './app/files/createDiskFiles'
import { createFilmActions } from './app/film/filmActions'
import { createImportActions } from './app/importActions'
import { openKeptFaces } from './app/keptFaces'
import { askBeforeLeaving } from './app/leaving'
import { offerNewVersions } from './app/newVersions'
import { createNotifier } from './app/notifier'
import { keepReference, readReference } from './app/referenceKeeper'
import { SCREENS } from './app/screens'
import { createNavigation } from './app/screens/navigation'
import { protectFromClosing, SketchKeeper } from './app/sketchKeeper'
import { startInference } from './app/startInference'
import { createStrokeClipboard, keepStrokeClipboard } from './app/strokeClipboard'
import { keepToolSettings, storedToolSettings } from './app/toolSettings'
import { warmUp } from './app/warmUp'
import { createEditor, emptyDocument } from './editor'
import type { Editor } from './editor/types'
import { createCommandContext } from './features/studio/commandContext'
import { createComparison } from './features/studio/comparison/comparisonLoop'
import { createFaceLoop } from './features/studio/face/faceLoop'
import type { FaceKeeping } from './features/studio/face/keptFace'
import { createPartTrace } from './features/studio/parts/partTrace'
import { createReference } from './features/studio/reference/reference'
import type { StudioServices } from './features/studio/studioContext'
import { createAnnouncements } from './features/studio/surface/announcements'
import { TOOLS } from './features/studio/tools'
import { createStudioUi } from './features/studio/uiStore'
import { createRandomFaces } from './features/studio/wholeFace/randomFaces'
import { createWholeFace } from './features/studio/wholeFace/wholeFace'
import { messagesOf } from './features/ui/i18n/messages'
import { pickFile } from './features/ui/pickFiles'
import { openPreferences, type PreferencesStore } from './features/ui/preferences'
import { createToasts } from './features/ui/toasts'
import { newId } from './shared/ids'
import { openStorage } from './storage'
import type { SettingsStore, SketchSession, StudioStorage } from './storage/types'
import { InferenceClient } from './workers/client'
import './app/styles/index.css'

/** What was drawn last, or an empty page. */
const openSession = async (storage: StudioStorage): Promise<SketchSession> =>
  (await storage.sketches.openLast().catch(() => null)) ?? (await storage.sketches.create(emptyDocument(newId())))

async function openEditor(session: SketchSession, settings: SettingsStore): Promise<Editor> {
  const editor = createEditor({
    document: session.document,
    settings: await storedToolSettings(settings),
    tools: TOOLS.flatMap(({ behaviour }) => behaviour ?? []),
  })
  keepToolSettings(editor, settings)
  return editor
}

interface FaceParts {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly inference: InferenceClient
  readonly keeping: FaceKeeping
}

/** The loops that turn the drawing into faces: live, fine, and side by side. */
function createFaces({ editor, preferences, inference, keeping }: FaceParts) {
  const faceLoop = createFaceLoop({
    editor,
    preferences,
    keeping,
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
      generate: (modelId, make) => inference.compare({ shipped: modelId }, make),
      // A worker that was lost has given it back already.
      release: (modelId) => void inference.unload({ shipped: modelId }).catch(() => undefined),
    },
  })
  return { faceLoop, comparison }
}

function createStudio(parts: FaceParts, actions: Pick<StudioServices, 'exportFace' | 'chooseReference'>): StudioServices {
  const { editor, preferences, inference } = parts
  const faces = createFaces(parts)
  const ui = createStudioUi()
  return {
    editor,
    preferences,
    ui,
    ...faces,
    inference,
    commandContext: createCommandContext({ editor, preferences, faceLoop: faces.faceLoop, ui }),
    announcements: createAnnouncements(),
    partTrace: createPartTrace(editor),
    reference: createReference(),
    wholeFace: createWholeFace({ editor, preferences, faceLoop: faces.faceLoop }),
    randomFaces: createRandomFaces({
      editor,
      faceLoop: faces.faceLoop,
      model: () => inference.store.getState().description?.model ?? null,
      // A film may be asking the same model.
      generate: (ref, make) => inference.compare(ref, make, 'random '),
      release: (ref) => void inference.unload(ref).catch(() => undefined),
    }),
    ...actions,
    chooseModel: (id) => startInference(inference, id),
  }
}

/** The storage's own worker starts first, because the page waits for it; then the models', which takes longest. */
async function openServices(): Promise<AppServices> {
  const opening = openStorage()
  const inference = new InferenceClient()
  startInference(inference)
  const storage = await opening
  const preferences = await openPreferences(storage.settings, navigator.languages)
  const messages = () => messagesOf(preferences.getState().locale)
  const session = await openSession(storage)
  const editor = await openEditor(session, storage.settings)
  const documents = tapDocuments(editor)
  const keeping = await openKeptFaces(storage.settings)
  const studio = createStudio(
    { editor, preferences, inference, keeping },
    {
      exportFace: () => void exports.exportAs('facePng'),
      chooseReference: () =>
        pickFile('image/png,image/jpeg,image/webp', (file) => void readReference(file).then(studio.reference.show).catch(notifier.problem)),
    },
  )
  const { faceLoop } = studio
  const toasts = createToasts()
  const notifier = createNotifier(toasts, messages)
  const ui = createAppUi()
  const navigation = createNavigation(SCREENS)
  const exports = createExportActions({
    editor,
    faceLoop,
    reference: studio.reference,
    storage,
    toasts,
    messages,
    flush: () => keeper.flush(),
    onError: notifier.problem,
  })
  const films = createFilmActions({ editor, faceLoop, preferences, inference, toasts, messages, onError: notifier.problem })
  const keeper = new SketchKeeper(
    {
      storage,
      editor,
      documents,
      faceLoop,
      onNotices: notifier.notices,
      onError: (error) => notifier.storageError(error, () => void exports.exportAs('database')),
      onDeleted: () => notifier.deletedElsewhere(() => void keeper.bringBack()),
      mayLeave: askBeforeLeaving(ui, messages, () => exports.exportAs('project')),
    },
    session,
  )
  protectFromClosing(keeper)
  if (storage.warning) notifier.storageError(storage.warning)
  notifier.damaged(storage.damaged)
  if (storage.wasLost) notifier.lost()
  offerNewVersions(inference, keeper, notifier)
  const imports = createImportActions({ editor, faceLoop, storage, keeper, toasts, ui, messages, showPage: navigation.close })
  keepReference({ reference: studio.reference, library: storage.references, keeper, onError: notifier.problem })
  const files = await createDiskFiles({ exports, imports, keeper, storage, toasts, messages, onError: notifier.problem })
  const strokes = createStrokeClipboard({ editor, toasts, messages, onError: notifier.problem })
  keepStrokeClipboard(strokes, () => navigation.isOnGround() && ui.getState().dialog === null)
  const services = { studio, inference, storage, keeper, exports, imports, strokes, films, files, toasts, messages, navigation, ui }
  const withCases: AppServices = { ...services, cases: createCaseDoor(async () => (await import('./app/caseDesk')).openDesk(withCases)) }
  goOnWithCase(withCases.cases, storage.settings).catch(notifier.problem)
  return withCases
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
const services = await openServices()
createRoot(root).render(<App services={services} />)
// After the first picture.
setTimeout(() => void warmUp().catch(() => undefined), 0)
