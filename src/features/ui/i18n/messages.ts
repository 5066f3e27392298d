/** Languages of the interface and how one is chosen. A missing message is a type error, never a blank on the screen. */

import { en, type Messages } from './en'
import { zh } from './zh'

export type { Messages } from './en'

export const LOCALES = ['en', 'zh'] as const
export type Locale = (typeof LOCALES)[number]

export const MESSAGES: Record<Locale, Messages> = { en, zh }

/** Value of the `lang` attribute. */
export const LANGUAGE_TAG: Record<Locale, string> = { en: 'en', zh: 'zh-Hans' }

/** The first language of the browser's list that we have, or English. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split('-')[0]
    const locale = LOCALES.find((candidate) => candidate === base)
    if (locale) return locale
  }
  return 'en'
}
