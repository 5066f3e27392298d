import { describe, expect, it } from 'vitest'
import type { SettingsStore } from '../../storage/types'
import { defaultPreferences, openPreferences, parsePreferences } from './preferences'

function memorySettings(initial: Record<string, unknown>): SettingsStore & { readonly values: Map<string, unknown> } {
  const values = new Map(Object.entries(initial))
  return {
    values,
    get: async (key) => values.get(key),
    getAll: async () => Object.fromEntries(values),
    set: async (key, value) => void values.set(key, value),
  }
}

describe('preferences', () => {
  it('takes the language of the browser at first', () => {
    expect(defaultPreferences(['zh-CN']).locale).toBe('zh')
  })

  it('ignores stored values of the wrong shape', () => {
    const defaults = defaultPreferences(['en'])
    expect(parsePreferences({ locale: 'xx', theme: 7, underlay: 'yes', underlayOpacity: Number.NaN, standIns: null }, defaults)).toEqual(
      defaults,
    )
  })

  it('reads what it wrote', async () => {
    const settings = memorySettings({ theme: 'dark' })
    const store = await openPreferences(settings, ['en'])
    expect(store.getState().theme).toBe('dark')
    store.setState({ locale: 'zh', standIns: false })
    const again = await openPreferences(settings, ['en'])
    expect(again.getState()).toMatchObject({ theme: 'dark', locale: 'zh', standIns: false })
  })

  it('starts with defaults when settings cannot be read', async () => {
    const settings = { ...memorySettings({}), getAll: () => Promise.reject(new Error('closed')) }
    expect((await openPreferences(settings, ['en'])).getState().locale).toBe('en')
  })
})
