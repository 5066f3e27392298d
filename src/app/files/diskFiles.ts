/**
 * Sketches in files of the disk: opened from one, saved into the same one again, and the newest few at hand. The sketch database stays what it is, and everything in
 * it too: a file is one more place, written when the person says so.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Messages } from '../../features/ui/i18n/messages'
import type { ToastStore } from '../../features/ui/toasts'
import { StudioError } from '../../shared/errors'
import type { SettingsStore } from '../../storage/types'
import { canSaveInPlace, type FileHandle, mayUse, pickToOpen, pickToSave, writeText } from './fileAccess'

export interface RecentFile {
  readonly handle: FileHandle
  readonly name: string
  /** The sketch that is kept in it. */
  readonly sketchId: string
}

export interface DiskFiles {
  readonly store: StoreApi<{ readonly recent: readonly RecentFile[] }>
  readonly isPossible: boolean
  open(): Promise<void>
  openRecent(file: RecentFile): Promise<void>
  /** Into the sketch's own file, or into one that is chosen now. */
  save(): Promise<void>
  saveAs(): Promise<void>
  /** Whether the sketch on the page has a file. */
  hasFile(): boolean
  /** Their files stay where they are; here nobody knows of them any more. */
  forgetSketches(ids: readonly string[]): Promise<void>
}

interface Parts {
  readonly settings: SettingsStore
  readonly toasts: ToastStore
  readonly messages: () => Messages
  /** The sketch on the page. */
  readonly sketchId: () => string
  /** It as a project file, with the name that it should have. */
  readonly project: () => Promise<{ readonly text: string; readonly fileName: string }>
  /** Reads a file as an import; what it holds comes onto the page. */
  readonly importFile: (file: File) => Promise<void>
  /** Whether the sketch is in the database and the file holds nothing else. */
  readonly isSame: (sketchId: string, text: string) => Promise<boolean>
  readonly openSketch: (id: string) => Promise<unknown>
  readonly onError: (error: unknown) => void
}

const KEY = '$recentFiles'
/** Each remembers whose file it is, so that a save finds it again. */
const MOST = 200

export async function openDiskFiles(parts: Parts): Promise<DiskFiles> {
  const { settings, toasts, messages, onError } = parts
  const store = createStore<{ recent: readonly RecentFile[] }>(() => ({ recent: [] }))
  const isPossible = canSaveInPlace()
  if (isPossible) store.setState({ recent: readRecent(await settings.get(KEY).catch(() => null)) })

  const remember = async (handle: FileHandle, sketchId: string): Promise<void> => {
    const others: RecentFile[] = []
    for (const file of store.getState().recent) {
      const isThis = file.sketchId === sketchId || (await file.handle.isSameEntry(handle).catch(() => false))
      if (!isThis) others.push(file)
    }
    const recent = [{ handle, name: handle.name, sketchId }, ...others].slice(0, MOST)
    store.setState({ recent })
    await settings.set(KEY, recent).catch(() => undefined)
  }
  const forget = (gone: RecentFile): void => {
    const recent = store.getState().recent.filter((file) => file !== gone)
    store.setState({ recent })
    settings.set(KEY, recent).catch(() => undefined)
  }
  const own = (): RecentFile | undefined => store.getState().recent.find(({ sketchId }) => sketchId === parts.sketchId())
  const load = async (handle: FileHandle, known: string | null): Promise<void> => {
    if (!(await mayUse(handle, 'read'))) throw new StudioError('bad-request', messages().files.notAllowed(handle.name))
    const file = await handle.getFile()
    if (known !== null && (await parts.isSame(known, await file.text()))) await parts.openSketch(known)
    else {
      const before = parts.sketchId()
      await parts.importFile(file)
      // A file that could not be read, or held many, brought no sketch: that has been told.
      if (parts.sketchId() === before) return
    }
    await remember(handle, parts.sketchId())
  }
  let last: Promise<void> = Promise.resolve()
  /** One after the other, so that the newest drawing is what stays in the file. */
  const write = (handle: FileHandle): Promise<void> => {
    last = last.catch(() => undefined).then(() => writeNow(handle))
    return last
  }
  const writeNow = async (handle: FileHandle): Promise<void> => {
    // Before anybody is asked: the page may show another sketch by the time of the answer.
    const sketchId = parts.sketchId()
    const { text } = await parts.project()
    if (!(await mayUse(handle, 'readwrite'))) throw new StudioError('bad-request', messages().files.notAllowed(handle.name))
    await writeText(handle, text)
    await remember(handle, sketchId)
    toasts.show({ kind: 'note', title: messages().files.saved(handle.name) })
  }
  const saveAs = async (): Promise<void> => {
    const handle = await pickToSave((await parts.project()).fileName, messages().files.kind)
    if (handle) await write(handle)
  }
  const telling = (work: () => Promise<void>) => (): Promise<void> => work().catch((error) => onError(told(error, messages())))
  return {
    store,
    isPossible,
    forgetSketches: async (ids) => {
      const recent = store.getState().recent.filter(({ sketchId }) => !ids.includes(sketchId))
      store.setState({ recent })
      await settings.set(KEY, recent)
    },
    hasFile: () => own() !== undefined,
    open: telling(async () => {
      const handle = await pickToOpen(messages().files.kind)
      if (handle) await load(handle, null)
    }),
    openRecent: (file) =>
      telling(async () => {
        try {
          await load(file.handle, file.sketchId)
        } catch (error) {
          if (isMissing(error)) forget(file)
          throw error
        }
      })(),
    save: telling(async () => {
      const file = own()
      if (file) await write(file.handle)
      else await saveAs()
    }),
    saveAs: telling(saveAs),
  }
}

const isMissing = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError'

/** What the disk says, as what a person can do. */
function told(error: unknown, m: Messages): unknown {
  if (error instanceof StudioError || !(error instanceof DOMException)) return error
  if (isMissing(error)) return new StudioError('bad-request', m.files.gone, { cause: error })
  return new StudioError('bad-request', m.files.failed(error.message), { cause: error })
}

/** Handles come out of the database as they went in; anything else is left out. */
export function readRecent(stored: unknown): readonly RecentFile[] {
  if (!Array.isArray(stored)) return []
  return stored.filter(
    (entry): entry is RecentFile =>
      typeof entry === 'object' &&
      entry !== null &&
      typeof entry.name === 'string' &&
      typeof entry.sketchId === 'string' &&
      typeof entry.handle === 'object' &&
      entry.handle !== null &&
      entry.handle.kind === 'file',
  )
}
