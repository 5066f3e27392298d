import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extendSplit, isValidationName, splitNumber } from './split'

const EMPTY = { train: [], validation: [], leftOut: [] }

describe('the split', () => {
  it('goes by number, otherwise by a hash: the same as in Python', () => {
    const cases = JSON.parse(readFileSync('tests/golden/split.json', 'utf8')) as { name: string; validation: boolean; number?: number }[]
    expect(cases.length).toBeGreaterThan(10)
    for (const { name, validation, number } of cases) {
      expect(isValidationName(name), name).toBe(validation)
      if (number !== undefined) expect(splitNumber(name), name).toBe(number)
    }
  })

  it('keeps about one in twenty names for validation', () => {
    const { validation } = extendSplit(
      EMPTY,
      Array.from({ length: 2000 }, (_, i) => `IMG_${i}`),
    )
    expect(validation.length).toBeGreaterThan(70)
    expect(validation.length).toBeLessThan(130)
  })

  it('leaves alone what a person has decided', () => {
    const edited = { train: ['20'], validation: ['1'], leftOut: ['3'] }
    expect(extendSplit(edited, ['1', '2', '3', '20', '40'])).toEqual({ train: ['2', '20'], validation: ['1', '40'], leftOut: ['3'] })
  })

  it('keeps one of few for validation, always the same one', () => {
    expect(extendSplit(EMPTY, ['3', '2', '1'])).toEqual({ train: ['2', '3'], validation: ['1'], leftOut: [] })
    expect(extendSplit(EMPTY, ['1'])).toEqual({ train: ['1'], validation: [], leftOut: [] })
  })
})
