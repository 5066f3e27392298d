import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeLook, type LookField } from './look'
import { sampleLook } from './lookSampler'

const manifest = JSON.parse(readFileSync(new URL('../../public/models/live/manifest.json', import.meta.url), 'utf8'))
const FIELDS: readonly LookField[] = manifest.task.look.fields
const LOOKS = Array.from({ length: 400 }, (_, seed) => sampleLook(FIELDS, seed))

describe('a look at random', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(sampleLook(FIELDS, 7)).toEqual(sampleLook(FIELDS, 7))
    expect(new Set(LOOKS.map((look) => JSON.stringify(look))).size).toBe(LOOKS.length)
  })

  it('says something of every field of the shipped model, in its range', () => {
    for (const look of LOOKS) {
      for (const { id } of FIELDS) expect(look[id], id).not.toBeNull()
      const vector = encodeLook(FIELDS, look)
      expect(vector.every((value) => Math.abs(value) <= 1)).toBe(true)
    }
  })

  it('draws together what goes together', () => {
    const women = LOOKS.filter(({ sex }) => Number(sex) < 0.5)
    expect(women.length / LOOKS.length).toBeCloseTo(0.5, 1)
    for (const { beard, hairStyle } of women) {
      expect(beard).toBe('none')
      expect(['bald', 'horseshoe']).not.toContain(hairStyle)
    }
    const mean = (looks: typeof LOOKS): number => looks.reduce((sum, { grey }) => sum + Number(grey), 0) / looks.length
    expect(mean(LOOKS.filter(({ age }) => Number(age) < 35))).toBeLessThan(0.02)
    expect(mean(LOOKS.filter(({ age }) => Number(age) > 68))).toBeGreaterThan(0.7)
    const dark = LOOKS.filter(({ skinColour }) => Array.isArray(skinColour) && Number(skinColour[0]) < 120)
    for (const { eyeColour } of dark) expect(['dark', 'brown']).toContain(eyeColour)
  })

  it('leaves open what it does not know, and what a model cannot take', () => {
    const fields: LookField[] = [
      { id: 'freckles', kind: 'scalar', min: 0, max: 1, default: 0 },
      { id: 'hairStyle', kind: 'choice', options: ['mohawk'], default: 'mohawk' },
    ]
    expect(sampleLook(fields, 1)).toEqual({ freckles: null, hairStyle: null })
  })
})
