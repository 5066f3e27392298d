/** Files of the disk, wired to the studio's own ways in and out. */

import type { Messages } from '../../features/ui/i18n/messages'
import type { ToastStore } from '../../features/ui/toasts'
import { exportProject, readStrokes } from '../../storage/exchange'
import type { StudioStorage } from '../../storage/types'
import type { ExportActions } from '../exportActions'
import type { ImportActions } from '../importActions'
import type { SketchKeeper } from '../sketchKeeper'
import { type DiskFiles, openDiskFiles } from './diskFiles'

interface Parts {
  readonly exports: ExportActions
  readonly imports: ImportActions
  readonly keeper: SketchKeeper
  readonly storage: StudioStorage
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly onError: (error: unknown) => void
}

export function createDiskFiles({ exports, imports, keeper, storage, ...others }: Parts): Promise<DiskFiles> {
  return openDiskFiles({
    ...others,
    settings: storage.settings,
    sketchId: () => keeper.store.getState().sketchId,
    project: async () => {
      const { blob, fileName } = await exports.make('project')
      return { text: await blob.text(), fileName }
    },
    importFile: (file) => imports.importFiles([file]),
    isSame: async (id, text) => {
      const summary = await storage.sketches.get(id)
      if (!summary || summary.deletedAt !== null) return false
      const stored = await storage.sketches.read(id)
      return stored !== null && sameStrokes(exportProject(stored), text)
    },
    openSketch: (id) => keeper.openSketch(id),
  })
}

/** Ids are given anew when a file comes in, so only what is drawn counts. */
function sameStrokes(one: string, other: string): boolean {
  const drawn = (text: string): string => JSON.stringify(readStrokes(text).map(({ id: _, ...rest }) => rest))
  try {
    return drawn(one) === drawn(other)
  } catch {
    return false
  }
}
