import { describe, expect, it } from 'vitest'
import type { DataSetEntryRow } from '../../storage/trainingRows'
import { unchanged } from './loading'

const entry = (id: string, name: string, heldOut = false): DataSetEntryRow => ({
  ...{ dataSetId: 's', id, name, heldOut, a: null, b: null, hasFace: true, bytes: 7 },
})

describe('what is read again', () => {
  it('stays the same object where nothing has changed, in the order of names', () => {
    const before = [entry('x', 'face 2'), entry('y', 'face 10')]
    const now = [entry('y', 'face 10', true), entry('z', 'face 9'), entry('x', 'face 2')]
    const result = unchanged(before, now)
    expect(result.map(({ name }) => name)).toEqual(['face 2', 'face 9', 'face 10'])
    expect(result[0]).toBe(before[0])
    expect(result[2]).toBe(now[0])
  })

  it('is not an item of another set', () => {
    const other = { ...entry('x', 'face 2'), dataSetId: 't' }
    expect(unchanged([entry('x', 'face 2')], [other])[0]).toBe(other)
  })
})
