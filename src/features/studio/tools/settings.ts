/** What the options of tools share: a setting of the session as a pair, and numbers as one reads them. */

import { useStore } from 'zustand'
import type { SessionSettings, SessionState } from '../../../editor/types'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'

export function useFormats(): {
  percent: (share: number) => string
  pixels: (value: number) => string
  degrees: (value: number) => string
} {
  const m = useMessages()
  return {
    percent: (share) => m.percent(Math.round(share * 100)),
    pixels: (value) => m.pixels(Number(value.toFixed(1))),
    degrees: (value) => `${Math.round(value)}°`,
  }
}

export function useSetting<K extends keyof SessionSettings & keyof SessionState>(
  key: K,
): [SessionSettings[K], (value: SessionSettings[K]) => void] {
  const { editor } = useStudio()
  const value = useStore(editor.sessionStore, (state): SessionSettings[K] => state[key])
  return [value, (next) => editor.setSettings({ [key]: next } as Pick<SessionSettings, K>)]
}
