import { describe, expect, it } from 'vitest'
import { isAllowed, productionDependencies, thirdPartyNotices } from './licences.mjs'

describe('licences', () => {
  it('of everything that ships are on the allow-list', () => {
    const dependencies = productionDependencies()
    expect(dependencies.map(({ name }) => name)).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core', 'konva', 'react']))
    expect(dependencies.filter(({ licence }) => !isAllowed(licence)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
  })

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['', false],
  ])('%j: %s', (expression, expected) => {
    expect(isAllowed(expression)).toBe(expected)
  })

  it('are written out for the build', () => {
    expect(thirdPartyNotices()).toMatch(/\nreact 19\.\d+\.\d+ \(MIT\)\n\nMIT License/)
  })
})
