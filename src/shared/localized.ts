/** A text in several languages, by the ids of the interface's languages: names in manifests and tables. English is always there. */

export type Localized = Readonly<Record<string, string>> & { readonly en: string }

/** In that language, or in English where it is missing. */
export const localize = (text: Localized, language: string): string => text[language] ?? text.en
