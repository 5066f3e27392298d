/** Readers for single fields of parsed JSON: the value in its type, or a `StudioError` that names the field and what it must be. */

import { StudioError } from '../shared/errors'

export type Fields = Readonly<Record<string, unknown>>

export function broken(field: string, wanted: string): never {
  throw new StudioError('model-broken', `The model's manifest is broken: "${field}" must be ${wanted}. Install the model again.`)
}

export function object(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) broken(field, 'an object')
  return value as Fields
}

export function array(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) broken(field, 'a list')
  return value
}

export function text(value: unknown, field: string): string {
  if (typeof value !== 'string' || value === '') broken(field, 'text')
  return value
}

export function matching(value: unknown, pattern: RegExp, field: string): string {
  const given = text(value, field)
  if (!pattern.test(given)) broken(field, `of the form ${pattern.source}`)
  return given
}

/** The name of a file in the model's own folder. */
export function fileName(value: unknown, field: string): string {
  const name = text(value, field)
  if (!/^[\w-][\w.-]*$/.test(name)) broken(field, "a file's name without a folder")
  return name
}

export function finite(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) broken(field, 'a number')
  return value
}

export function numberWithin(value: unknown, least: number, most: number, field: string): number {
  const given = finite(value, field)
  if (given < least || given > most) broken(field, `a number from ${least} to ${most}`)
  return given
}

export function wholeNumber(value: unknown, least: number, most: number, field: string): number {
  const given = finite(value, field)
  if (!Number.isInteger(given) || given < least || given > most) broken(field, `a whole number from ${least} to ${most}`)
  return given
}

/** sRGB 0–255. */
export function colour(value: unknown, field: string): readonly [number, number, number] {
  const [red, green, blue, ...rest] = array(value, field)
  if (rest.length > 0) broken(field, 'three numbers')
  return [finite(red, field), finite(green, field), finite(blue, field)]
}

export function localized(value: unknown, field: string): { en: string; zh: string } {
  const name = object(value, field)
  return { en: text(name.en, `${field}.en`), zh: text(name.zh, `${field}.zh`) }
}
