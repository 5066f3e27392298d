/** The way in: opens the database, or memory where there is none, and puts library, settings, usage and the flush on leaving together. */

import type { StudioError } from '../shared/errors'
import { type AheadLog, NO_AHEAD_LOG } from './ahead/aheadLog'
import { openAheadLog } from './ahead/openAheadLog'
import { replay } from './ahead/replay'
import { openChanges } from './changes'
import { mendSketches } from './damage'
import type { Database } from './database'
import { openIndexedDatabase } from './indexedDatabase'
import { webLocks } from './locks'
import { openMemoryDatabase } from './memoryDatabase'
import { startNewLog } from './newLog'
import { OpenSessions } from './openSessions'
import { openPhotos } from './photoLibrary'
import { openReferences } from './references'
import { rememberKept, wasKept } from './remembered'
import { DEFAULT_DATABASE_NAME, SCHEMA } from './schema'
import { openSettings } from './settings'
import { openLibrary } from './sketchLibrary'
import { toStorageError } from './storageError'
import { purgeExpired } from './trash'
import type { OpenStorage, OpenStorageOptions, PersistenceAnswer, SettingsStore, StorageUsage, StudioStorage } from './types'
import { usageOf } from './usage'

/** After what a start reads: the browser reads and writes in one thread. */
const NEW_LOG_AFTER_MS = 1_500

const PERSISTENCE_KEY = '$persistenceAsked'

export const openStorage: OpenStorage = async (options = {}) => {
  const name = options.databaseName ?? DEFAULT_DATABASE_NAME
  if (options.inMemory) return inMemory(name, null, options)
  // The log's worker starts while the database opens.
  const opening = options.ahead ? Promise.resolve(options.ahead) : openAheadLog(name)
  try {
    let isNew = false
    const database = await openIndexedDatabase(name, SCHEMA, () => {
      isNew = true
    })
    const wasLost = isNew && wasKept(name)
    rememberKept(name)
    const ahead = await opening
    const damaged = await putRight(database, ahead, (options.now ?? Date.now)())
    return assemble({ kind: 'indexeddb', database, ahead, warning: null, damaged, wasLost, name }, options)
  } catch (error) {
    void opening.then((ahead) => ahead.close())
    return inMemory(name, toStorageError(error, 'open'), options)
  }
}

const inMemory = (name: string, warning: StudioError | null, options: OpenStorageOptions): StudioStorage =>
  assemble({ kind: 'memory', database: openMemoryDatabase(), ahead: NO_AHEAD_LOG, warning, damaged: [], wasLost: false, name }, options)

/**
 * Before anything is opened: rows that are damaged, then what pages that were killed had written ahead. A failure leaves both for the next start.
 * @returns names of the sketches that were damaged
 */
async function putRight(database: Database, ahead: AheadLog, at: number): Promise<readonly string[]> {
  const damaged = await mendSketches(database, at).catch(() => [])
  try {
    await replay(database, await ahead.recover())
    await ahead.forget()
  } catch {
    // The log keeps what it has.
  }
  return damaged
}

interface Assembly extends Pick<StudioStorage, 'kind' | 'warning' | 'damaged' | 'wasLost'> {
  readonly database: Database
  readonly ahead: AheadLog
  readonly name: string
}

function assemble(
  { kind, database, ahead, warning, damaged, wasLost, name }: Assembly,
  { now = Date.now, locks = webLocks(name) }: OpenStorageOptions,
): StudioStorage {
  const isShared = kind === 'indexeddb'
  const changes = openChanges(isShared ? `${name}/changes` : null)
  const noLocks = { acquire: async () => () => undefined }
  const sessions = new OpenSessions({ database, ahead, locks: isShared ? locks : noLocks, now, onWritten: changes.announce })
  const photoChanges = openChanges(isShared ? `${name}/photos` : null)
  const settings = openSettings(database)
  const flushed = async (): Promise<void> => {
    await Promise.all(sessions.all().map((session) => session.flushed()))
  }
  const stopWatching = flushWhenLeaving(flushed)
  // A failure leaves the log as it was.
  const newLog = isShared ? setTimeout(() => startNewLog(database).catch(() => undefined), NEW_LOG_AFTER_MS) : undefined
  // Purging waits for nobody, and a failure only postpones it to the next start.
  purgeExpired(database, now()).catch(() => undefined)
  return {
    kind,
    warning,
    damaged,
    wasLost,
    sketches: openLibrary({ database, sessions, changes, now }),
    photos: openPhotos({ database, changes: photoChanges, now }),
    references: openReferences(database),
    settings,
    usage,
    requestPersistence: () => requestPersistence(settings),
    get hasUnsaved() {
      return sessions.all().some((session) => session.hasUnsaved)
    },
    flushed,
    close: async () => {
      clearTimeout(newLog)
      stopWatching()
      await sessions.endAll()
      changes.close()
      photoChanges.close()
      ahead.close()
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
    return usageOf((await storageManager()?.estimate?.()) ?? {})
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
