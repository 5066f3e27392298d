/**
 * Data from outside read by declared shapes (valibot): a schema's message says what a field must be, `read` says which field it is. So every file that
 * is refused is refused with a sentence that names the field.
 */

import * as v from 'valibot'

export type Schema<T> = v.GenericSchema<unknown, T>

/** Throws the error of whoever reads, which names the field and what it must be. */
export type Refuse = (field: string, wanted: string) => never

/** What is read, for messages: its name as a whole, and what stands before the names of its fields. */
export interface Place {
  whole: string
  prefix?: string
}

/** The value in its declared shape, unknown fields left out; the first field that is wrong goes to `refuse`. */
export function read<T>(schema: Schema<T>, value: unknown, { whole, prefix = '' }: Place, refuse: Refuse): T {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = issue.path?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
  return refuse(path ? `${prefix}${path.replace(/^\./, '')}` : whole, issue.message)
}

/** A field that is missing is told like one that is wrong. */
export function object<E extends v.ObjectEntries>(entries: E) {
  return v.object(entries, ({ expected }) => wantedOf(entries, expected))
}

/** What a missing field must be; else it was the whole that was none. */
function wantedOf(entries: v.ObjectEntries, expected: string): string {
  const missing = Object.keys(entries).find((key) => expected === `"${key}"`)
  const issues = missing === undefined ? undefined : v.safeParse(entries[missing] as Schema<unknown>, undefined).issues
  return issues?.[0].message ?? 'an object'
}

export const text = v.pipe(v.string('text'), v.nonEmpty('text'))
export const flag = v.boolean('true or false')
export const finite = v.pipe(v.number('a number'), v.finite('a number'))
/** A text in any languages, English among them. */
export const localized = v.objectWithRest({ en: text }, text, ({ expected }) => wantedOf({ en: text }, expected ?? ''))

export function list<T>(item: Schema<T>) {
  return v.array(item, 'a list')
}

export function matching(pattern: RegExp) {
  return v.pipe(text, v.regex(pattern, `of the form ${pattern.source}`))
}

export function oneOf<const O extends readonly string[]>(options: O) {
  return v.picklist(options, options.join(', '))
}

export function numberWithin(least: number, most: number) {
  const wanted = `a number from ${least} to ${most}`
  return v.pipe(v.number(wanted), v.minValue(least, wanted), v.maxValue(most, wanted))
}

export function wholeNumber(least: number, most: number) {
  const wanted = `a whole number from ${least} to ${most}`
  return v.pipe(v.number(wanted), v.integer(wanted), v.minValue(least, wanted), v.maxValue(most, wanted))
}
