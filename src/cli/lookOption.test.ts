import { describe, expect, it } from 'vitest'
import type { LookField, LookPreset } from '../faces/look'
import { parseLook } from './lookOption'
import { UsageError } from './usageError'

const fields: LookField[] = [
  { id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 },
  { id: 'hair', kind: 'colour', default: [1, 2, 3] },
  { id: 'beard', kind: 'choice', options: ['none', 'full'], default: 'none' },
]
const presets: LookPreset[] = [
  { id: 'first', name: { en: 'First one', zh: '第一' }, look: { age: 20 } },
  { id: 'second', name: { en: 'Second one', zh: '第二' }, look: { age: 70 } },
]

describe('parseLook', () => {
  it('starts from the first look, or from nothing', () => {
    expect(parseLook(null, fields, presets)).toEqual({ age: 20 })
    expect(parseLook(null, fields, [])).toEqual({})
  })

  it.each(['second', 'SECOND ONE', '第二'])('finds a look by "%s"', (name) => {
    expect(parseLook(name, fields, presets)).toEqual({ age: 70 })
  })

  it('reads fields', () => {
    expect(parseLook(' {"age":60,"hair":[200,0,0],"beard":"full"}', fields, presets)).toEqual({ age: 60, hair: [200, 0, 0], beard: 'full' })
    expect(parseLook('{"age":null}', fields, presets)).toEqual({ age: null })
  })

  it.each([
    ['third', 'first, second'],
    ['{"age":', 'not valid JSON'],
    ['{"nose":1}', 'no "nose"'],
    ['{"age":5}', 'from 18 to 80'],
    ['{"age":"old"}', 'from 18 to 80'],
    ['{"hair":[1,2]}', 'red, green, blue'],
    ['{"hair":[1,2,300]}', 'red, green, blue'],
    ['{"beard":"long"}', 'one of none, full'],
  ])('refuses %s', (option, reason) => {
    expect(() => parseLook(option, fields, presets)).toThrow(UsageError)
    expect(() => parseLook(option, fields, presets)).toThrow(reason)
  })
})
