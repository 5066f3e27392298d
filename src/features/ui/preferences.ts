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
  /** Of the lines on the page, for the person's eyes alone: `#rrggbb`, or `null` for the theme's own; and their strength (0.2–1). The model sees black. */
  readonly inkColour: string | null
  readonly inkOpacity: number
  /** Keys in place of a command's own, by its id; `null` takes them away. */
  readonly shortcuts: Shortcuts
}

export interface ShortcutKeys {
  readonly key: string
  readonly ctrl?: boolean
  readonly shift?: boolean
}
export type Shortcuts = Readonly<Record<string, ShortcutKeys | null>>

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
    inkColour: null,
    inkOpacity: 1,
    shortcuts: {},
  }
}

/** Stored values that have the right shape, over the defaults. */
export function parsePreferences(stored: Readonly<Record<string, unknown>>, defaults: Preferences): Preferences {
  const boolean = (key: keyof Preferences, fallback: boolean): boolean => {
    const value = stored[key]
    return typeof value === 'boolean' ? value : fallback
  }
  const { underlayOpacity, inkColour, inkOpacity } = stored
  return {
    locale: LOCALES.find((locale) => locale === stored.locale) ?? defaults.locale,
    theme: THEME_CHOICES.find((theme) => theme === stored.theme) ?? defaults.theme,
    underlay: boolean('underlay', defaults.underlay),
    underlayOpacity:
      typeof underlayOpacity === 'number' && underlayOpacity >= 0 && underlayOpacity <= 1 ? underlayOpacity : defaults.underlayOpacity,
    standIns: boolean('standIns', defaults.standIns),
    lookIsOpen: boolean('lookIsOpen', defaults.lookIsOpen),
    refines: boolean('refines', defaults.refines),
    inkColour: typeof inkColour === 'string' && /^#[0-9a-f]{6}$/i.test(inkColour) ? inkColour : defaults.inkColour,
    inkOpacity: typeof inkOpacity === 'number' && inkOpacity >= LEAST_INK && inkOpacity <= 1 ? inkOpacity : defaults.inkOpacity,
    shortcuts: readShortcuts(stored.shortcuts),
  }
}

/** Fainter lines could not be found again. */
export const LEAST_INK = 0.2

function readShortcuts(stored: unknown): Shortcuts {
  if (typeof stored !== 'object' || stored === null) return {}
  const isKeys = (value: unknown): value is ShortcutKeys =>
    typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && value.key !== ''
  const read: Record<string, ShortcutKeys | null> = {}
  for (const [id, value] of Object.entries(stored) as [string, unknown][]) {
    if (value === null) read[id] = null
    else if (isKeys(value))
      read[id] = { key: value.key, ...(value.ctrl === true ? { ctrl: true } : {}), ...(value.shift === true ? { shift: true } : {}) }
  }
  return read
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
