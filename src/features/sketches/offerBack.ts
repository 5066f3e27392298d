/** "Bring back" beside the news of a deletion: there as long as it can be done, and gone when the sketch is back or purged, here or in another tab. */

import type { SketchLibrary } from '../../storage/types'
import type { ToastStore } from '../ui/toasts'

interface Parts {
  readonly sketches: Pick<SketchLibrary, 'get' | 'restore' | 'onChange'>
  readonly toasts: ToastStore
  readonly onProblem: (error: unknown) => void
}

export function offerBack(id: string, { title, label }: { title: string; label: string }, { sketches, toasts, onProblem }: Parts): void {
  const restore = (): void => void sketches.restore(id).catch(onProblem)
  const toast = toasts.show({ kind: 'note', title, action: { label, perform: restore } })
  const check = async (): Promise<void> => {
    const summary = await sketches.get(id).catch(() => undefined)
    if (summary === undefined || (summary !== null && summary.deletedAt !== null)) return
    toasts.dismiss(toast)
  }
  const stopNews = sketches.onChange(() => void check())
  const stopToasts = toasts.store.subscribe(({ toasts: shown }) => {
    if (shown.some((each) => each.id === toast)) return
    stopNews()
    stopToasts()
  })
}
