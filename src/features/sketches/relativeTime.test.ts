import { describe, expect, it } from 'vitest'
import { relativeTime } from './relativeTime'

const NOW = 1_800_000_000_000

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59_000, 'now'],
    [61_000, '1 minute ago'],
    [3 * 3_600_000, '3 hours ago'],
    [25 * 3_600_000, 'yesterday'],
    [8 * 86_400_000, 'last week'],
    [-5_000, 'now'],
  ])('says %i ms as “%s”', (ago, text) => {
    expect(relativeTime(NOW - ago, NOW, 'en')).toBe(text)
  })
  it('speaks Chinese', () => {
    expect(relativeTime(NOW - 120_000, NOW, 'zh-Hans')).toBe('2分钟前')
  })
})
