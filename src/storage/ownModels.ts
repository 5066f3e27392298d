/** Models that were trained or imported here: a list, and each one's files as they would lie in a folder of `public/models`. */

import { StudioError } from '../shared/errors'
import { openChanges } from './changes'
import type { Database } from './database'
import { openTables } from './openTables'
import { DEFAULT_DATABASE_NAME } from './schema'
import type { OwnModelRow } from './trainingRows'
import { MODEL_FILES, OWN_MODELS } from './trainingTables'

export interface OwnModels {
  /** Newest first. */
  list(): Promise<readonly OwnModelRow[]>
  /** `null` when there is none (any more). */
  get(id: string): Promise<OwnModelRow | null>
  /** The list's row and all its files, wholly or not at all. Rejects with `storage-full` where there is no room. */
  put(row: OwnModelRow, files: ReadonlyMap<string, ArrayBuffer>): Promise<void>
  rename(id: string, name: string): Promise<void>
  /** By their names in the model's folder. */
  files(id: string): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>
  /** Rejects with `model-not-found`. */
  file(id: string, file: string): Promise<Uint8Array<ArrayBuffer>>
  remove(id: string): Promise<void>
  /** Told after every change, from this tab, a worker or another tab. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
  close(): void
}

const isGone = (id: string): StudioError =>
  new StudioError('model-not-found', `The model "${id.slice(0, 80)}" is not on this machine any more. Choose another one.`)

/** Rejects with `storage-unavailable` where nothing can be kept. */
export async function openOwnModels(databaseName = DEFAULT_DATABASE_NAME, now: () => number = Date.now): Promise<OwnModels> {
  const database = await openTables([OWN_MODELS, MODEL_FILES], databaseName)
  const changes = openChanges(`${databaseName}/models`)
  const write: Database['write'] = async (tables, work) => {
    const result = await database.write(tables, work)
    changes.announce()
    return result
  }
  return {
    list: async () => {
      const rows = await database.read([OWN_MODELS], (reader) => reader.all(OWN_MODELS))
      return rows.sort((a, b) => b.createdAt - a.createdAt)
    },
    get: async (id) => (await database.read([OWN_MODELS], (rows) => rows.get(OWN_MODELS, id))) ?? null,
    put: (row, files) =>
      write([OWN_MODELS, MODEL_FILES], async (rows) => {
        await rows.remove(MODEL_FILES, { prefix: [row.id] })
        await rows.put(OWN_MODELS, row)
        for (const [file, data] of files) await rows.put(MODEL_FILES, { modelId: row.id, file, bytes: new Uint8Array(data) })
      }),
    rename: (id, name) =>
      write([OWN_MODELS], async (rows) => {
        const row = await rows.get(OWN_MODELS, id)
        if (!row) throw isGone(id)
        await rows.put(OWN_MODELS, { ...row, name, updatedAt: now() })
      }),
    files: async (id) => {
      const found = await database.read([MODEL_FILES], (rows) => rows.all(MODEL_FILES, { prefix: [id] }))
      if (found.length === 0) throw isGone(id)
      return new Map(found.map(({ file, bytes }) => [file, bytes]))
    },
    file: async (id, file) => {
      const row = await database.read([MODEL_FILES], (rows) => rows.get(MODEL_FILES, [id, file]))
      if (!row) throw isGone(id)
      return row.bytes
    },
    remove: (id) =>
      write([OWN_MODELS, MODEL_FILES], async (rows) => {
        await rows.remove(OWN_MODELS, id)
        await rows.remove(MODEL_FILES, { prefix: [id] })
      }),
    onChange: (listener) => changes.subscribe(listener),
    close: () => {
      changes.close()
      database.close()
    },
  }
}
