/** Durations, sizes and names in the interface's language. */

import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { writeBytes } from '../ui/writeBytes'
import { durationOf } from './figures'

export interface Words {
  readonly duration: (ms: number) => string
  readonly bytes: (bytes: number) => string
  /** @param digits that count */
  readonly number: (value: number, digits?: number) => string
  readonly lossName: (id: string) => string
  readonly networkName: (role: string) => string
}

export function useWords(): Words {
  const m = useMessages()
  const { tag } = useLanguage()
  return {
    duration: (ms) => {
      const { hours, minutes, seconds } = durationOf(ms)
      return m.training.duration(hours, minutes, seconds)
    },
    bytes: (bytes) => writeBytes(bytes, tag),
    number: (value, digits = 3) => value.toLocaleString(tag, { maximumSignificantDigits: digits }),
    // A method may have a loss that this version has no words for.
    lossName: (id) => m.training.losses[id as keyof typeof m.training.losses] ?? id,
    networkName: (role) => m.training.networks[role as keyof typeof m.training.networks] ?? role,
  }
}
