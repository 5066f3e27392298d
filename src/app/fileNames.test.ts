import { afterEach, describe, expect, it } from 'vitest'
import { fileBase, localDay } from './fileNames'

const zone = process.env.TZ

describe('localDay', () => {
  afterEach(() => {
    process.env.TZ = zone
  })

  it.each([
    ['Pacific/Auckland', '2026-03-10'],
    ['UTC', '2026-03-09'],
    ['America/New_York', '2026-03-09'],
  ])('is the day in %s', (timeZone, day) => {
    process.env.TZ = timeZone
    expect(localDay(new Date('2026-03-09T20:30:00Z'))).toBe(day)
  })

  it('turns over at the person’s midnight', () => {
    process.env.TZ = 'America/Los_Angeles'
    expect(localDay(new Date('2026-01-01T07:59:00Z'))).toBe('2025-12-31')
    expect(localDay(new Date('2026-01-01T08:00:00Z'))).toBe('2026-01-01')
  })
})

describe('fileBase', () => {
  it('keeps letters and drops what file systems refuse', () => {
    expect(fileBase('Łukasz 安: a/b?')).toBe('Łukasz 安 a b')
    expect(fileBase(' … ')).toBe('…')
    expect(fileBase('???')).toBe('sketch')
    expect(fileBase('ends with dots...')).toBe('ends with dots')
  })
})
