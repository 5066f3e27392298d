/** The tools stay as a person left them: written to the settings of this device, read at the next start. */

import type { Editor, SessionSettings } from '../editor/types'
import type { SettingsStore } from '../storage/types'

const KEPT = [
  'penWidthPx',
  'smoothing',
  'stabiliser',
  'usesPressure',
  'penOnly',
  'eraserMode',
  'eraserRadiusPx',
  'reshapeRadiusPx',
] as const
type KeptSettings = Pick<SessionSettings, (typeof KEPT)[number]>

const KEY = 'tools'
const WRITE_DELAY_MS = 500

/** Stored settings of the right type; the editor clamps numbers. */
export async function storedToolSettings(settings: SettingsStore): Promise<Partial<KeptSettings>> {
  const stored = await settings.get(KEY).catch(() => null)
  return parseToolSettings(stored)
}

export function parseToolSettings(stored: unknown): Partial<KeptSettings> {
  if (typeof stored !== 'object' || stored === null) return {}
  const values = stored as Readonly<Record<string, unknown>>
  const types: Readonly<Record<(typeof KEPT)[number], 'number' | 'boolean' | 'string'>> = {
    penWidthPx: 'number',
    smoothing: 'number',
    stabiliser: 'number',
    usesPressure: 'boolean',
    penOnly: 'boolean',
    eraserMode: 'string',
    eraserRadiusPx: 'number',
    reshapeRadiusPx: 'number',
  }
  const usable = KEPT.filter(
    (key) => typeof values[key] === types[key] && (key !== 'eraserMode' || ['stroke', 'point'].includes(String(values[key]))),
  )
  return Object.fromEntries(usable.map((key) => [key, values[key]]))
}

export function keepToolSettings(editor: Editor, settings: SettingsStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  editor.sessionStore.subscribe((now, before) => {
    if (KEPT.every((key) => now[key] === before[key])) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const state = editor.sessionStore.getState()
      settings.set(KEY, Object.fromEntries(KEPT.map((key) => [key, state[key]]))).catch(() => undefined)
    }, WRITE_DELAY_MS)
  })
}
