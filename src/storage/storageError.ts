/** What IndexedDB throws → the `StudioError` that a person can act on. */

import { StudioError } from '../shared/errors'

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '')

/** @param doing what failed, as it continues "The browser could not …" */
export function toStorageError(error: unknown, doing: 'read' | 'write' | 'open'): StudioError {
  if (error instanceof StudioError) return error
  const cause = { cause: error }
  switch (nameOf(error)) {
    case 'QuotaExceededError':
      return new StudioError(
        'storage-full',
        'The space that the browser gives to this page is full, so the last changes are not saved. Your drawing is still here: export it, or the whole database, to a file, then delete for good what you no longer need.',
        cause,
      )
    case 'VersionError':
      return new StudioError(
        'storage-unavailable',
        'A newer Face Studio has used this database. Reload the page to use the newer one; export your drawing first if it is not saved.',
        cause,
      )
    case 'AbortError':
      if (doing !== 'open') break
      return new StudioError(
        'storage-unavailable',
        'The database of an older Face Studio could not be brought up to date; it stays untouched. You can draw, but export what you want to keep before you close the tab.',
        cause,
      )
  }
  const detail = error instanceof Error && error.message ? ` (${error.message})` : ''
  const message = {
    open: `The browser does not let this page store anything${detail}. You can draw, but everything is gone when the tab closes: export what you want to keep, or leave private mode.`,
    read: `The browser could not read its storage${detail}. Reload the page; export your drawing first if it is not saved.`,
    write: `The browser could not save the last changes${detail}. Your drawing is still here: export it to a file, then reload the page.`,
  }[doing]
  return new StudioError('storage-unavailable', message, cause)
}

/** Whether the connection, not the operation, is what failed: the same work may succeed on a new connection. */
export function isLostConnection(error: unknown): boolean {
  return ['InvalidStateError', 'AbortError'].includes(nameOf(error))
}
