/** The sketch database: what it shows goes through the keeper where it concerns the sketch on the page. */

import { useStore } from 'zustand'
import type { Stroke } from '../../editor/document'
import { SketchesScreen } from '../../features/sketches/SketchesScreen'
import { toErrorReport } from '../../shared/errors'
import { type AppServices, useApp } from '../appContext'
import { ask } from '../appUi'
import { defineScreen } from './screen'

/** What the list may do to sketches. */
interface SketchActions {
  edit(id: string, name: string, tags: readonly string[]): Promise<void>
  /** Resolves to whether it is in the trash now. */
  remove(id: string): Promise<boolean>
  /** For good, so it asks first. Without a name: everything in the trash. */
  purge(one?: { readonly id: string; readonly name: string }): Promise<void>
  /** The page shows them, selected: to be moved, mirrored or taken back. */
  takeStrokes(strokes: readonly Stroke[]): void
  report(error: unknown): void
}

function createActions(services: AppServices): SketchActions {
  const { keeper, storage, studio, toasts, messages } = services
  const isOnPage = (id: string): boolean => id === keeper.store.getState().sketchId
  return {
    edit: async (id, name, tags) => {
      if (isOnPage(id)) {
        // Undo knows what the editor does.
        studio.editor.commands.rename(name)
        studio.editor.commands.setTags(tags)
        await keeper.flush()
        return
      }
      await storage.sketches.rename(id, name)
      await storage.sketches.setTags(id, tags)
    },
    remove: async (id) => {
      if (isOnPage(id) && !(await keeper.startNew())) return false
      await storage.sketches.delete(id)
      return true
    },
    purge: (one) => purge(services, one),
    takeStrokes: (strokes) => {
      studio.editor.setTool('select')
      studio.editor.commands.insertStrokes(strokes)
      toasts.show({ kind: 'note', title: messages().partCopy.done(strokes.length) })
    },
    report: (error) => {
      const { code, message } = toErrorReport(error)
      toasts.show({ kind: 'problem', title: messages().errors[code].title, detail: message })
    },
  }
}

async function purge({ storage, ui, messages }: AppServices, one?: { readonly id: string; readonly name: string }): Promise<void> {
  const { sketches } = storage
  const { items } = one ? { items: [one] } : await sketches.list({ deleted: true, limit: Number.MAX_SAFE_INTEGER })
  const m = messages().sketches
  const title = one ? m.purgeAsk(one.name) : m.emptyAsk(items.length)
  const choices = [
    { id: 'keep', label: m.cancel },
    { id: 'purge', label: m.purge },
  ]
  if ((await ask(ui, { title, body: m.purgeBody, choices })) !== 'purge') return
  // Those that were asked about: what came into the trash meanwhile stays.
  await sketches.purge(items.map(({ id }) => id))
}

function Sketches({ actions, close }: { actions: SketchActions; close: () => void }) {
  const { storage, keeper, toasts, exports, imports } = useApp()
  const currentId = useStore(keeper.store, (state) => state.sketchId)
  const closeAfter = async (done: Promise<boolean>): Promise<void> => {
    if (await done) close()
  }
  return (
    <SketchesScreen
      storage={storage}
      toasts={toasts}
      currentId={currentId}
      onOpen={(id) => closeAfter(keeper.openSketch(id))}
      onNew={() => closeAfter(keeper.startNew())}
      onEdit={actions.edit}
      onDelete={actions.remove}
      onPurge={actions.purge}
      onExport={(id) => void exports.exportStored(id)}
      onTakeStrokes={(strokes) => {
        actions.takeStrokes(strokes)
        close()
      }}
      onExportAll={() => void exports.exportAs('database')}
      onImport={imports.pick}
      onProblem={actions.report}
      onClose={close}
    />
  )
}

export const sketchesScreen = defineScreen({
  id: 'sketches',
  route: 'sketches',
  entry: { icon: 'sketches', label: (m) => m.topBar.sketches },
  create: createActions,
  Component: ({ state, close }) => <Sketches actions={state} close={close} />,
  onFiles: (files, _state, { imports }) => imports.importFiles(files),
})
