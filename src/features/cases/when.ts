/** Times as a person reads them. */

/** @param at milliseconds since 1970, or ISO 8601 */
export function shortTime(at: number | string, languageTag: string): string {
  return new Intl.DateTimeFormat(languageTag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

export function exactTime(at: string, languageTag: string): string {
  return new Intl.DateTimeFormat(languageTag, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))
}

/** Of this machine's calendar, `2026-11-28`. */
export function localDate(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The day itself still counts. */
export const isPast = (date: string, now: Date): boolean => date < localDate(now)
