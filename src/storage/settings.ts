/** Interface preferences in the database. Keys that begin with `$` are storage's own and stay hidden. */

import { StudioError } from '../shared/errors'
import type { Database } from './rows'
import type { SettingsStore } from './types'

export function openSettings(database: Database): SettingsStore {
  return {
    get: async (key) => (await database.read(['settings'], (rows) => rows.get('settings', key)))?.value,
    getAll: async () => {
      const rows = await database.read(['settings'], (reader) => reader.all('settings'))
      return Object.fromEntries(rows.filter(({ key }) => !key.startsWith('$')).map(({ key, value }) => [key, value]))
    },
    set: async (key, value) => {
      const plain = plainValue(key, value)
      await database.write(['settings'], (rows) => rows.put('settings', { key, value: plain }))
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
