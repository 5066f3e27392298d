import { describe, expect, it } from 'vitest'
import type { Tolerance } from '../faces/tolerance'
import { parseTolerance } from './toleranceOption'
import { UsageError } from './usageError'

const DEFAULTS: Tolerance = { jaw: 0.5, brows: 0.1, eyes: 0.1, nose: 0.1, mouth: 0.1, rest: 0.5 }

describe('parseTolerance', () => {
  it('changes the parts that are mentioned and leaves the others to the model', () => {
    expect(parseTolerance('jaw=0.8', DEFAULTS)).toEqual({ ...DEFAULTS, jaw: 0.8 })
    expect(parseTolerance(' eyes = 0 , rest=1', DEFAULTS)).toEqual({ ...DEFAULTS, eyes: 0, rest: 1 })
    expect(parseTolerance(null, DEFAULTS)).toEqual(DEFAULTS)
    expect(parseTolerance(null, null)).toBeNull()
  })

  it.each([
    ['chin=0.5', '"chin"'],
    ['toString=0.5', '"toString"'],
    ['', '""'],
    ['jaw', '"jaw" must be a number'],
    ['jaw=', '"jaw" must be a number'],
    ['jaw=loose', '"jaw" must be a number'],
    ['jaw=1.5', 'from 0 to 1'],
    ['jaw=-0.1', 'from 0 to 1'],
    ['jaw=0=1', '"jaw" must be a number'],
    ['jaw=0.5,', '""'],
  ])('refuses %j', (option, reason) => {
    expect(() => parseTolerance(option, DEFAULTS)).toThrow(UsageError)
    expect(() => parseTolerance(option, DEFAULTS)).toThrow(reason)
  })

  it('refuses any for a model without a tolerance map', () => {
    expect(() => parseTolerance('jaw=0.5', null)).toThrow('no tolerance map')
  })
})
