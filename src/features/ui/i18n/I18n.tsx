/** The interface's language as a React context. */

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { LANGUAGE_TAG, type Locale, MESSAGES, type Messages } from './messages'

const LocaleContext = createContext<Locale>('en')

/** Gives its children a language and tells the document, so that browsers choose fonts, hyphens and voices for it. */
export function I18n({ locale, children }: { locale: Locale; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAG[locale]
  }, [locale])
  return <LocaleContext value={locale}>{children}</LocaleContext>
}

export function useLocale(): Locale {
  return useContext(LocaleContext)
}

export function useMessages(): Messages {
  return MESSAGES[useContext(LocaleContext)]
}
