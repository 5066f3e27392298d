import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeLook, type Look, type LookField, lookLength } from './look'

interface Fixture {
  fields: LookField[]
  cases: { look: Look; vector: number[] }[]
}

const fixture: Fixture = JSON.parse(readFileSync('tests/golden/looks.json', 'utf8'))

describe('the look vector', () => {
  it.each(fixture.cases.map((one, index) => ({ index, ...one })))('is encoded as in training: case $index', ({ look, vector }) => {
    const encoded = encodeLook(fixture.fields, look)
    expect(encoded).toHaveLength(vector.length)
    for (const [i, value] of vector.entries()) expect(encoded[i]).toBeCloseTo(value, 5)
  })

  it('is as long as its fields say', () => {
    expect(lookLength(fixture.fields)).toBe(fixture.cases[0]?.vector.length)
  })

  it('leaves a field open rather than take a value of the wrong kind', () => {
    const fields: LookField[] = [
      { id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 },
      { id: 'skin', kind: 'colour', default: [1, 2, 3] },
    ]
    expect([...encodeLook(fields, { age: Number.NaN, skin: 'red' })]).toEqual([0, 0, 0, 0, 0, 0])
    expect([...encodeLook(fields, { age: 80, skin: [255, 0, 127.5] })]).toEqual([1, 1, 1, -1, 0, 1])
  })
})
