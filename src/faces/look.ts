/**
 * What a sketch cannot say (sex, age, skin tone, hair colour, …) as a vector of numbers that conditions the generator.
 * The fields come from a model's manifest, so the interface needs no knowledge of any model.
 */

import type { Localized } from '../shared/localized'

export type LookField =
  | { id: string; kind: 'scalar'; min: number; max: number; default: number }
  | { id: string; kind: 'colour'; default: readonly [number, number, number] }
  | { id: string; kind: 'choice'; options: readonly string[]; default: string }

/** A scalar in its own unit (years for age), a colour as sRGB 0–255, or the id of a choice; a missing or null field is left open. */
export type LookValue = number | readonly [number, number, number] | string
export type Look = Readonly<Record<string, LookValue | null>>

/** A look offered by name in the studio. */
export interface LookPreset {
  id: string
  name: Localized
  look: Look
}

/** Numbers that a field takes in the vector: its values followed by one flag that says whether it was given. */
function fieldLength(field: LookField): number {
  switch (field.kind) {
    case 'scalar':
      return 2
    case 'colour':
      return 4
    case 'choice':
      return field.options.length + 1
  }
}

/** Length of the vector that `encodeLook` gives. */
export function lookLength(fields: readonly LookField[]): number {
  return fields.reduce((sum, field) => sum + fieldLength(field), 0)
}

function encodeField(field: LookField, value: LookValue): number[] | null {
  switch (field.kind) {
    case 'scalar': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return null
      const clamped = Math.min(field.max, Math.max(field.min, value))
      return [(2 * (clamped - field.min)) / (field.max - field.min) - 1]
    }
    case 'colour':
      if (!Array.isArray(value) || value.length !== 3 || !value.every(Number.isFinite)) return null
      return value.map((channel: number) => Math.min(255, Math.max(0, channel)) / 127.5 - 1)
    case 'choice': {
      const index = typeof value === 'string' ? field.options.indexOf(value) : -1
      return index < 0 ? null : field.options.map((_, i) => (i === index ? 1 : 0))
    }
  }
}

/**
 * A look as the generator's conditioning vector `[lookLength]`: scalars and colours in [-1, 1], choices one-hot, each field followed by
 * its flag (1 given, 0 open). An open or invalid field is all zeros, as in training with dropout.
 */
export function encodeLook(fields: readonly LookField[], look: Look): Float32Array {
  const out = new Float32Array(lookLength(fields))
  let offset = 0
  for (const field of fields) {
    const value = look[field.id]
    const encoded = value === null || value === undefined ? null : encodeField(field, value)
    if (encoded) {
      out.set(encoded, offset)
      out[offset + encoded.length] = 1
    }
    offset += fieldLength(field)
  }
  return out
}
