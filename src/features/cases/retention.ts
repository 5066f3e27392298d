/** Until when a case is kept, as it is typed: what becomes of it when its field is left. */

export interface TypedDate {
  /** `YYYY-MM-DD`, or empty: nothing was typed, or no whole date yet. */
  readonly value: string
  /** A part of a date stands in the field. */
  readonly isIncomplete: boolean
}

export type RetentionEdit = { readonly kind: 'same' | 'refused' } | { readonly kind: 'set'; readonly until: string | null }

/** A part of a date is no wish to keep the case for ever, and the year 20 is one that somebody was about to type on. */
export function retentionEdit({ value, isIncomplete }: TypedDate, until: string | null, now: Date): RetentionEdit {
  if (isIncomplete) return { kind: 'refused' }
  if (value === (until ?? '')) return { kind: 'same' }
  if (value === '') return { kind: 'set', until: null }
  const year = /^(\d{4})-\d\d-\d\d$/.exec(value)?.[1]
  return year !== undefined && Number(year) >= now.getFullYear() ? { kind: 'set', until: value } : { kind: 'refused' }
}
