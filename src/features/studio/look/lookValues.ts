/** Looks as the panel shows them: comparison, colours as text, swatches, and how a scalar is written. */

import type { Look, LookField, LookPreset, LookValue } from '../../../faces/look'
import type { Messages } from '../../ui/i18n/messages'

export type Rgb = readonly [number, number, number]

export function toHex([r, g, b]: Rgb): string {
  return `#${[r, g, b]
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Whether two looks say the same; an open field equals a missing one. */
export function sameLook(a: Look, b: Look): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((id) => sameValue(a[id] ?? null, b[id] ?? null))
}

function sameValue(a: LookValue | null, b: LookValue | null): boolean {
  return typeof a === 'object' && typeof b === 'object' && a && b ? a.every((channel, i) => channel === b[i]) : a === b
}

/** The look with one field set, or left open with `null`. */
export function withField(look: Look, id: string, value: LookValue | null): Look {
  return { ...look, [id]: value }
}

/** The look that says nothing: an empty one would be taken for one that was never chosen. */
export function openLook(fields: readonly LookField[]): Look {
  return Object.fromEntries(fields.map(({ id }) => [id, null]))
}

/** The preset that shares most values with a look, the first of several; `null` when none shares any. */
export function nearestPreset(look: Look, presets: readonly LookPreset[]): LookPreset | null {
  const shared = (preset: LookPreset): number =>
    Object.entries(preset.look).filter(([id, value]) => value !== null && sameValue(look[id] ?? null, value)).length
  let nearest: LookPreset | null = null
  for (const preset of presets) if (shared(preset) > (nearest ? shared(nearest) : 0)) nearest = preset
  return nearest
}

/** Fewer colours than this are no choice. */
const LEAST_SWATCHES = 3
const SHADES = [1.7, 1.35, 1, 0.65, 0.3]

/** Colours to choose from: those of the model's presets, or shades of the field's default where the presets agree. */
export function swatches(field: Extract<LookField, { kind: 'colour' }>, presets: readonly LookPreset[]): readonly Rgb[] {
  const found = presetColours(field.id, presets)
  if (found.length >= LEAST_SWATCHES) return found
  const shaded = (channel: number, shade: number): number => Math.min(255, Math.round(channel * shade))
  const [r, g, b] = field.default
  return SHADES.map((shade): Rgb => [shaded(r, shade), shaded(g, shade), shaded(b, shade)])
}

/** Colours that a model's presets use for a field, each once, light to dark, at most `count`. */
export function presetColours(fieldId: string, presets: readonly LookPreset[], count = 5): Rgb[] {
  const byHex = new Map<string, Rgb>()
  for (const preset of presets) {
    const value = preset.look[fieldId]
    if (isRgb(value)) byHex.set(toHex(value), value)
  }
  const sorted = [...byHex.values()].sort((a, b) => lightness(b) - lightness(a))
  if (sorted.length <= count) return sorted
  return Array.from({ length: count }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (count - 1))] ?? [0, 0, 0])
}

export function isRgb(value: LookValue | null | undefined): value is Rgb {
  return typeof value === 'object' && value !== null
}

function lightness([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function writeScalar(field: Extract<LookField, { kind: 'scalar' }>, value: number, m: Messages): string {
  if (field.min < 0) {
    const share = Math.round((100 * Math.abs(value)) / Math.max(field.max, -field.min))
    if (share === 0) return m.look.middle
    return value < 0 ? m.look.left(share) : m.look.right(share)
  }
  if (field.max - field.min <= 1) return m.percent(Math.round((100 * (value - field.min)) / (field.max - field.min)))
  return String(Math.round(value))
}

/** A hundredth of the range for small ranges, whole units for large ones. */
export function scalarStep(field: Extract<LookField, { kind: 'scalar' }>): number {
  return field.max - field.min > 10 ? 1 : (field.max - field.min) / 40
}

/** `hairColour` → "Hair colour", for a field that has no translation. */
export function readableId(id: string): string {
  const words = id
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
