/** `--look NAME|JSON` → a look of the model. */

import type { Look, LookField, LookPreset, LookValue } from '../faces/look'
import { UsageError } from './usageError'

export function parseLook(option: string | null, fields: readonly LookField[], presets: readonly LookPreset[]): Look {
  if (option === null) return presets[0]?.look ?? {}
  if (option.trimStart().startsWith('{')) return parseJsonLook(option, fields)
  const wanted = option.toLowerCase()
  const preset = presets.find(({ id, name }) => [id, ...Object.values(name)].some((known) => known.toLowerCase() === wanted))
  if (preset) return preset.look
  throw new UsageError(`there is no look "${option}"; the model has ${presets.map(({ id }) => id).join(', ') || 'none'}`)
}

function parseJsonLook(text: string, fields: readonly LookField[]): Look {
  let values: Record<string, unknown>
  try {
    values = JSON.parse(text)
  } catch {
    throw new UsageError('the look is not valid JSON')
  }
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      const field = fields.find((known) => known.id === id)
      if (!field) throw new UsageError(`the model's look has no "${id}"; it has ${fields.map((known) => known.id).join(', ')}`)
      return [id, value === null ? null : fieldValue(field, value)]
    }),
  )
}

function fieldValue(field: LookField, value: unknown): LookValue {
  switch (field.kind) {
    case 'scalar':
      if (typeof value === 'number' && value >= field.min && value <= field.max) return value
      throw new UsageError(`"${field.id}" must be a number from ${field.min} to ${field.max}`)
    case 'colour': {
      const isChannel = (channel: unknown) => typeof channel === 'number' && channel >= 0 && channel <= 255
      if (Array.isArray(value) && value.length === 3 && value.every(isChannel)) return value as unknown as LookValue
      throw new UsageError(`"${field.id}" must be [red, green, blue], each from 0 to 255`)
    }
    case 'choice':
      if (typeof value === 'string' && field.options.includes(value)) return value
      throw new UsageError(`"${field.id}" must be one of ${field.options.join(', ')}`)
  }
}
