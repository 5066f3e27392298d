/** The interface's language as a React context. */

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { type Localized, localize } from '../../../shared/localized'
import { en } from './en'
import type { Language, Messages } from './language'

const LanguageContext = createContext<Language>(en)

/** Gives its children a language and tells the document, so that browsers choose fonts, hyphens and voices for it. */
export function I18n({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language.tag
  }, [language])
  return <LanguageContext value={language}>{children}</LanguageContext>
}

/** For numbers and dates (`tag`). */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}

export function useMessages(): Messages {
  return useContext(LanguageContext).messages
}

/** Puts names of models, fields and presets into the interface's language. */
export function useLocalized(): (text: Localized) => string {
  const { id } = useContext(LanguageContext)
  return (text) => localize(text, id)
}
