/** Interface preferences in the database. Keys that begin with `$` are storage's own and stay hidden. */

import { StudioError } from '../shared/errors'
import type { Database } from './database'
import { SETTINGS } from './tables'
import type { SettingsStore } from './types'

export function openSettings(database: Database): SettingsStore {
  return {
    get: async (key) => (await database.read([SETTINGS], (rows) => rows.get(SETTINGS, key)))?.value,
    getAll: async () => {
      const rows = await database.read([SETTINGS], (reader) => reader.all(SETTINGS))
      return Object.fromEntries(rows.filter(({ key }) => !key.startsWith('$')).map(({ key, value }) => [key, value]))
    },
    set: async (key, value) => {
      const plain = plainValue(key, value)
      await database.write([SETTINGS], (rows) => rows.put(SETTINGS, { key, value: plain }))
    },
  }
}

/** A copy that later changes to the original do not reach. */
function plainValue(key: string, value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch (cause) {
    throw new StudioError('bad-request', `The setting ${key} is not a plain value.`, { cause })
  }
}
