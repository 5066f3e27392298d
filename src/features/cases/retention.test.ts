import { describe, expect, it } from 'vitest'
import { retentionEdit } from './retention'

const NOW = new Date(2026, 10, 28)
const typed = (value: string, isIncomplete = false) => ({ value, isIncomplete })

describe('a date until which a case is kept', () => {
  it('is set, changed and taken away', () => {
    expect(retentionEdit(typed('2030-01-31'), null, NOW)).toEqual({ kind: 'set', until: '2030-01-31' })
    expect(retentionEdit(typed('2026-01-01'), '2030-01-31', NOW)).toEqual({ kind: 'set', until: '2026-01-01' })
    expect(retentionEdit(typed(''), '2030-01-31', NOW)).toEqual({ kind: 'set', until: null })
  })

  it('makes no entry when it is what it was, however old that is', () => {
    expect(retentionEdit(typed('2030-01-31'), '2030-01-31', NOW)).toEqual({ kind: 'same' })
    expect(retentionEdit(typed('2020-01-31'), '2020-01-31', NOW)).toEqual({ kind: 'same' })
    expect(retentionEdit(typed(''), null, NOW)).toEqual({ kind: 'same' })
  })

  it('is refused in a year that is over, and in one of five digits', () => {
    for (const value of ['0002-01-31', '0020-01-31', '2025-12-31', '12030-01-31'])
      expect(retentionEdit(typed(value), null, NOW)).toEqual({ kind: 'refused' })
  })

  it('is not taken away by a part of another', () => {
    expect(retentionEdit(typed('', true), '2030-01-31', NOW)).toEqual({ kind: 'refused' })
  })
})
