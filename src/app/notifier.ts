/** Turns what storage has to say into toasts in the person's language. */

import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import { type StudioError, toErrorReport } from '../shared/errors'
import type { OpenNotice } from '../storage/types'

export interface Notifier {
  readonly notices: (notices: readonly OpenNotice[]) => void
  /** Names of sketches whose entries were damaged. */
  readonly damaged: (names: readonly string[]) => void
  /** The browser has thrown its database away. */
  readonly lost: () => void
  /** Returns what takes the news away. */
  readonly deletedElsewhere: (bringBack: () => void) => () => void
  /** In the place of what was told of one before. */
  readonly newVersion: (use: () => void) => void
  /** Any error, with what to do. */
  readonly problem: (error: unknown) => void
  /** Offers an export where one helps. */
  readonly storageError: (error: StudioError, exportAll?: () => void) => void
}

export function createNotifier(toasts: ToastStore, messages: () => Messages): Notifier {
  const write = (notice: OpenNotice): string => {
    const texts = messages().notices
    return notice.kind === 'opened-as-copy' ? texts[notice.kind] : texts[notice.kind](notice.count)
  }
  let newVersionId: number | null = null
  return {
    notices: (notices) => {
      for (const notice of notices) toasts.show({ kind: 'note', title: write(notice) })
    },
    damaged: (names) => {
      const { title, advice } = messages().notices.damaged
      if (names.length > 0) toasts.show({ kind: 'problem', title: title(names.length), detail: advice })
    },
    lost: () => {
      const { title, advice } = messages().notices.lost
      toasts.show({ kind: 'problem', title, detail: advice, stays: true })
    },
    deletedElsewhere: (bringBack) => {
      const action = { label: messages().sketches.bringBack, perform: bringBack }
      const id = toasts.show({ kind: 'problem', title: messages().notices.deletedElsewhere, action })
      return () => toasts.dismiss(id)
    },
    newVersion: (use) => {
      const { title, use: label, later } = messages().notices.newVersion
      if (newVersionId !== null) toasts.dismiss(newVersionId)
      newVersionId = toasts.show({ kind: 'offer', title, detail: later, action: { label, perform: use } })
    },
    problem: (error) => {
      const report = toErrorReport(error)
      toasts.show({ kind: 'problem', title: messages().errors[report.code].title, detail: report.message })
    },
    storageError: (error, exportAll) => {
      const { title, advice } = messages().errors[error.code]
      const action = exportAll ? { label: messages().saving.exportNow, perform: exportAll } : undefined
      toasts.show({ kind: 'problem', title, detail: advice, action })
    },
  }
}
