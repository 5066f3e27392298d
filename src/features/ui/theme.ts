/** Light or dark: the person's choice or the system's, as an attribute on the document that the style sheets read. */

import { useSyncExternalStore } from 'react'
import type { ThemeChoice } from './preferences'

export type Theme = 'light' | 'dark'

/** Asked when it is needed: modules that only import this one run without a window. */
const systemDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(onChange: () => void): () => void {
  const preference = systemDark()
  preference.addEventListener('change', onChange)
  return () => preference.removeEventListener('change', onChange)
}

export function useTheme(choice: ThemeChoice): Theme {
  const dark = useSyncExternalStore(subscribe, () => systemDark().matches)
  if (choice !== 'system') return choice
  return dark ? 'dark' : 'light'
}

/** Sets the attribute at once, so that what is painted next has the right colours. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
