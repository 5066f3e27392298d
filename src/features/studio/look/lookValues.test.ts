import { describe, expect, it } from 'vitest'
import type { Look } from '../../../faces/look'
import { en } from '../../ui/i18n/en'
import { fromHex, nearestPreset, openLook, presetColours, readableId, sameLook, swatches, toHex, writeScalar } from './lookValues'

describe('look values', () => {
  it('writes colours as hex and back', () => {
    expect(toHex([255, 16, 0.4])).toBe('#ff1000')
    expect(fromHex('#ff1000')).toEqual([255, 16, 0])
  })

  it('compares looks by what they say', () => {
    expect(sameLook({ age: 30, skin: [1, 2, 3], beard: null }, { age: 30, skin: [1, 2, 3] })).toBe(true)
    expect(sameLook({ skin: [1, 2, 3] }, { skin: [1, 2, 4] })).toBe(false)
    expect(sameLook({ age: 30 }, {})).toBe(false)
  })

  it('takes swatches from the presets, light to dark, each once', () => {
    const preset = (id: string, skin: readonly [number, number, number]) => ({ id, name: { en: id, zh: id }, look: { skin } })
    const presets = [preset('a', [50, 30, 20]), preset('b', [220, 190, 170]), preset('c', [50, 30, 20]), preset('d', [150, 110, 90])]
    expect(presetColours('skin', presets)).toEqual([
      [220, 190, 170],
      [150, 110, 90],
      [50, 30, 20],
    ])
    expect(presetColours('skin', presets, 2)).toEqual([
      [220, 190, 170],
      [50, 30, 20],
    ])
    expect(presetColours('hair', presets)).toEqual([])
  })

  it('offers shades of the default where the presets agree', () => {
    const presets = [{ id: 'a', name: { en: 'a', zh: 'a' }, look: { background: [118, 124, 128] as const } }]
    const offered = swatches({ id: 'background', kind: 'colour', default: [118, 124, 128] }, presets)
    expect(offered).toHaveLength(5)
    expect(offered).toContainEqual([118, 124, 128])
    expect(offered.flat().every((channel) => channel <= 255)).toBe(true)
  })

  it('leaves every field open', () => {
    const fields = [
      { id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 },
      { id: 'beard', kind: 'choice', options: ['none', 'full'], default: 'none' },
    ] as const
    expect(openLook(fields)).toEqual({ age: null, beard: null })
    expect(sameLook(openLook(fields), {})).toBe(true)
  })

  it('finds the preset that a look was made from', () => {
    const preset = (id: string, look: Look) => ({ id, name: { en: id, zh: id }, look })
    const presets = [preset('a', { age: 24, skin: [1, 2, 3], beard: 'none' }), preset('b', { age: 60, skin: [9, 9, 9], beard: 'none' })]
    expect(nearestPreset({ age: 61, skin: [9, 9, 9], beard: 'none' }, presets)?.id).toBe('b')
    expect(nearestPreset({ age: 61, skin: null, beard: 'none' }, presets)?.id).toBe('a')
    expect(nearestPreset({ age: null, skin: null }, presets)).toBeNull()
  })

  it('writes scalars in their own way', () => {
    const m = en.messages
    expect(writeScalar({ id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 }, 41.6, m)).toBe('42')
    expect(writeScalar({ id: 'grey', kind: 'scalar', min: 0, max: 1, default: 0 }, 0.25, m)).toBe('25 %')
    expect(writeScalar({ id: 'lightSide', kind: 'scalar', min: -1, max: 1, default: 0 }, -0.5, m)).toBe('50 % left')
    expect(writeScalar({ id: 'lightSide', kind: 'scalar', min: -1, max: 1, default: 0 }, 0, m)).toBe('Middle')
  })

  it('makes a label of an unknown id', () => {
    expect(readableId('hairColour')).toBe('Hair colour')
    expect(readableId('skin_tone')).toBe('Skin tone')
  })
})
