/** Preferences of the interface: a plain store, read from and written to the settings of this device. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SettingsStore } from '../../storage/types'
import { LANGUAGES, LOCALES, type Locale, preferredLocale } from './i18n/messages'

export const THEME_CHOICES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

export interface Preferences {
  readonly locale: Locale
  readonly theme: ThemeChoice
  /** Whether the mean face shows under the page, and how strongly (0–1). */
  readonly underlay: boolean
  readonly underlayOpacity: number
  /** Whether the mean face's parts stand in for those that are not drawn yet. */
  readonly standIns: boolean
  readonly lookIsOpen: boolean
  /** Whether a finer face takes the place of the live one when the pen rests. */
  readonly refines: boolean
}

export type PreferencesStore = StoreApi<Preferences>

export function defaultPreferences(languages: readonly string[]): Preferences {
  return {
    locale: preferredLocale(languages, LANGUAGES),
    theme: 'system',
    underlay: true,
    underlayOpacity: 0.6,
    standIns: true,
    lookIsOpen: true,
    refines: true,
  }
}

/** Stored values that have the right shape, over the defaults. */
export function parsePreferences(stored: Readonly<Record<string, unknown>>, defaults: Preferences): Preferences {
  const boolean = (key: keyof Preferences, fallback: boolean): boolean => {
    const value = stored[key]
    return typeof value === 'boolean' ? value : fallback
  }
  const { underlayOpacity } = stored
  return {
    locale: LOCALES.find((locale) => locale === stored.locale) ?? defaults.locale,
    theme: THEME_CHOICES.find((theme) => theme === stored.theme) ?? defaults.theme,
    underlay: boolean('underlay', defaults.underlay),
    underlayOpacity:
      typeof underlayOpacity === 'number' && underlayOpacity >= 0 && underlayOpacity <= 1 ? underlayOpacity : defaults.underlayOpacity,
    standIns: boolean('standIns', defaults.standIns),
    lookIsOpen: boolean('lookIsOpen', defaults.lookIsOpen),
    refines: boolean('refines', defaults.refines),
  }
}

/** The store, with every change written to `settings`. A failed write loses a preference, never a drawing, so it is not reported. */
export async function openPreferences(settings: SettingsStore, languages: readonly string[]): Promise<PreferencesStore> {
  const stored = await settings.getAll().catch(() => ({}))
  const store = createStore<Preferences>(() => parsePreferences(stored, defaultPreferences(languages)))
  store.subscribe((now, before) => {
    for (const key of Object.keys(now) as (keyof Preferences)[]) {
      if (now[key] !== before[key]) settings.set(key, now[key]).catch(() => undefined)
    }
  })
  return store
}
