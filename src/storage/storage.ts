/** The way in: opens the database, or memory where there is none, and puts library, settings, usage and the flush on leaving together. */

import type { StudioError } from '../shared/errors'
import { openChanges } from './changes'
import { openIndexedDatabase } from './indexedDatabase'
import { webLocks } from './locks'
import { openMemoryDatabase } from './memoryDatabase'
import { openSessions } from './openSessions'
import type { Database } from './rows'
import { DEFAULT_DATABASE_NAME } from './schema'
import { openSettings } from './settings'
import { openLibrary, purgeSketches } from './sketchLibrary'
import { toStorageError } from './storageError'
import type { OpenStorage, OpenStorageOptions, PersistenceAnswer, SettingsStore, StorageUsage, StudioStorage } from './types'

/** How long a deletion can be undone. */
const DELETED_KEPT_MS = 30 * 24 * 3600 * 1000
const PERSISTENCE_KEY = '$persistenceAsked'

export const openStorage: OpenStorage = async (options = {}) => {
  const name = options.databaseName ?? DEFAULT_DATABASE_NAME
  if (options.inMemory) return assemble('memory', openMemoryDatabase(), null, name, options)
  try {
    return assemble('indexeddb', await openIndexedDatabase(name), null, name, options)
  } catch (error) {
    return assemble('memory', openMemoryDatabase(), toStorageError(error, 'open'), name, options)
  }
}

function assemble(
  kind: StudioStorage['kind'],
  database: Database,
  warning: StudioError | null,
  name: string,
  { now = Date.now, locks = webLocks(name) }: OpenStorageOptions,
): StudioStorage {
  const isShared = kind === 'indexeddb'
  const changes = openChanges(isShared ? `${name}/changes` : null)
  const noLocks = { acquire: async () => () => undefined }
  const sessions = openSessions({ database, locks: isShared ? locks : noLocks, now, onWritten: changes.announce })
  const settings = openSettings(database)
  const flushed = async (): Promise<void> => {
    await Promise.all(sessions.all().map((session) => session.flushed()))
  }
  const stopWatching = flushWhenLeaving(flushed)
  // Purging waits for nobody, and a failure only postpones it to the next start.
  purgeSketches(database, ({ deletedAt }) => deletedAt !== null && deletedAt < now() - DELETED_KEPT_MS).catch(() => undefined)
  return {
    kind,
    warning,
    sketches: openLibrary({ database, sessions, changes, now }),
    settings,
    usage,
    requestPersistence: () => requestPersistence(settings),
    flushed,
    close: async () => {
      stopWatching()
      await sessions.endAll()
      changes.close()
      database.close()
    },
  }
}

/** A page may be killed without further notice once it is hidden: the last moment to write what failed before. */
function flushWhenLeaving(flushed: () => Promise<void>): () => void {
  if (typeof document === 'undefined' || typeof window === 'undefined') return () => undefined
  const flush = (): void => {
    // The error has gone to the session's listeners.
    flushed().catch(() => undefined)
  }
  window.addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', flush)
  return () => {
    window.removeEventListener('pagehide', flush)
    document.removeEventListener('visibilitychange', flush)
  }
}

const storageManager = (): Partial<StorageManager> | undefined => (typeof navigator === 'undefined' ? undefined : navigator.storage)

async function usage(): Promise<StorageUsage | null> {
  try {
    const estimate = await storageManager()?.estimate?.()
    if (estimate?.usage === undefined || estimate.quota === undefined) return null
    return { usedBytes: estimate.usage, quotaBytes: estimate.quota }
  } catch {
    return null
  }
}

async function requestPersistence(settings: SettingsStore): Promise<PersistenceAnswer> {
  const manager = storageManager()
  if (!manager?.persist || !manager.persisted) return 'unsupported'
  if (await manager.persisted()) return 'granted'
  if (await settings.get(PERSISTENCE_KEY)) return 'denied'
  await settings.set(PERSISTENCE_KEY, true)
  return (await manager.persist()) ? 'granted' : 'denied'
}
