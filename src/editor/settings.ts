/** Defaults and ranges of the editor's settings. */

import type { SessionSettings } from './types'

export const DEFAULT_SETTINGS: SessionSettings = {
  tool: 'pen',
  penWidthPx: 2,
  smoothing: 0.4,
  stabiliser: 0.1,
  usesPressure: true,
  symmetry: false,
  penOnly: false,
  eraserMode: 'stroke',
  eraserRadiusPx: 8,
  reshapeRadiusPx: 40,
  penPart: null,
  view: { zoom: 1, panX: 0, panY: 0 },
}

/** `[least, most]` of every number that a person may set. */
export const SETTING_RANGES = {
  penWidthPx: [1, 8],
  smoothing: [0, 1],
  stabiliser: [0, 1],
  eraserRadiusPx: [1, 64],
  reshapeRadiusPx: [4, 160],
} as const satisfies Partial<Record<keyof SessionSettings, readonly [number, number]>>

const ZOOM_RANGE = [0.05, 64] as const

/** Numbers out of range are clamped; what is not a number keeps its old value. */
export function clampSettings(settings: Partial<SessionSettings>): Partial<SessionSettings> {
  const { view, ...rest } = settings
  const clamped: Partial<Record<keyof SessionSettings, unknown>> = rest
  for (const name of Object.keys(SETTING_RANGES) as (keyof typeof SETTING_RANGES)[]) {
    const value = settings[name]
    if (value === undefined || Number.isNaN(value)) delete clamped[name]
    else clamped[name] = clamp(value, SETTING_RANGES[name])
  }
  if (view && [view.zoom, view.panX, view.panY].every(Number.isFinite)) clamped.view = { ...view, zoom: clamp(view.zoom, ZOOM_RANGE) }
  return clamped as Partial<SessionSettings>
}

function clamp(value: number, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.max(least, value))
}
