import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/usageError'
import { parseOptions } from './options'

describe('parseOptions', () => {
  it('takes two folders, and sizes go together', () => {
    expect(parseOptions(['in', 'out', '--size', '512', '--jobs', '3'])).toEqual({
      kind: 'prepare',
      source: 'in',
      out: 'out',
      settings: { sizePx: 512, minFacePx: 320, maxYawDegrees: 30, maxPitchDegrees: 25 },
      jobs: 3,
      limit: Number.POSITIVE_INFINITY,
    })
    expect(parseOptions(['--check', 'data', '--faces', '5'])).toEqual({ kind: 'check', data: 'data', faces: 5 })
  })

  it.each([[[]], [['in']], [['a', 'b', 'c']], [['a', 'b', '--size', '300']], [['a', 'b', '--jobs', '0']], [['a', 'b', '--nope']]])(
    'refuses %j',
    (argv) => {
      expect(() => parseOptions(argv)).toThrow(UsageError)
    },
  )
})
