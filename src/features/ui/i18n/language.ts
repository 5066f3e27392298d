/** What a language of the interface is. A missing message is a type error, never a blank on the screen. */

import type { en } from './en'

/** The same keys and the same parameters, whatever the words. */
export type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Translated<T[K]> }

export type Messages = Translated<typeof en.messages>

export interface Language {
  /** Base of the browser's language codes, and the key of `Localized` texts. */
  readonly id: string
  /** Value of the `lang` attribute. */
  readonly tag: string
  readonly messages: Messages
}
