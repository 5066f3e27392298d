/** The sketch database: what it shows goes through the keeper where it concerns the sketch on the page. */

import { useStore } from 'zustand'
import { SketchesScreen } from '../../features/sketches/SketchesScreen'
import { toErrorReport } from '../../shared/errors'
import { type AppServices, useApp } from '../appContext'
import { defineScreen } from './screen'

/** What the list may do to sketches. */
interface SketchActions {
  edit(id: string, name: string, tags: readonly string[]): Promise<void>
  remove(id: string): Promise<void>
  report(error: unknown): void
}

function createActions({ keeper, storage, studio, toasts, messages }: AppServices): SketchActions {
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
      if (isOnPage(id)) await keeper.startNew()
      await storage.sketches.delete(id)
    },
    report: (error) => {
      const { code, message } = toErrorReport(error)
      toasts.show({ kind: 'problem', title: messages().errors[code].title, detail: message })
    },
  }
}

function Sketches({ actions, close }: { actions: SketchActions; close: () => void }) {
  const { storage, keeper, toasts, exports, imports } = useApp()
  const currentId = useStore(keeper.store, (state) => state.sketchId)
  return (
    <SketchesScreen
      storage={storage}
      toasts={toasts}
      currentId={currentId}
      onOpen={(id) => keeper.openSketch(id)}
      onNew={async () => {
        await keeper.startNew()
        close()
      }}
      onEdit={actions.edit}
      onDelete={actions.remove}
      onExport={(id) => void exports.exportStored(id)}
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
