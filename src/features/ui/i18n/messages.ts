/** Languages of the interface and how one is chosen. A new language is one file (or folder) like `zh` and its place in `LANGUAGES`. */

import { en } from './en'
import type { Language, Messages } from './language'
import { zh } from './zh'

export type { Language, Messages } from './language'

export const LANGUAGES = [en, zh] as const satisfies readonly Language[]
export type Locale = (typeof LANGUAGES)[number]['id']
export const LOCALES: readonly Locale[] = LANGUAGES.map(({ id }) => id)

export function languageOf(locale: Locale): Language {
  return LANGUAGES.find(({ id }) => id === locale) ?? en
}

export const messagesOf = (locale: Locale): Messages => languageOf(locale).messages

/** The first language of the browser's list that we have, or English. */
export function preferredLocale<L extends { readonly id: string }>(wanted: readonly string[], languages: readonly L[]): L['id'] | 'en' {
  for (const code of wanted) {
    const base = code.toLowerCase().split('-')[0]
    const language = languages.find(({ id }) => id === base)
    if (language) return language.id
  }
  return 'en'
}
