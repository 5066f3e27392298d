import { describe, expect, it } from 'vitest'
import type { Person } from '../../node/faceSet'
import { type FairSample, GROUPS, groupFigures, spreadOf } from './fair'

const someone = (person: Partial<Person>, error: number | null): FairSample => ({
  person: { male: 0, ageYears: 40, skinTone: 1.5, smile: null, ...person },
  found: error !== null,
  error,
  photoError: 3,
  skin: 4,
})

describe('the groups', () => {
  it('take everybody exactly once in each division', () => {
    const people = [0, 0.49, 0.5, 1].flatMap((male) =>
      [18, 29, 30, 50, 51, 80].flatMap((ageYears) =>
        [0, 0.99, 1, 2.49, 2.5, 4].map((skinTone) => ({ male, ageYears, skinTone, smile: null })),
      ),
    )
    for (const person of people) {
      expect(GROUPS.filter(({ has }) => has(person)).map(({ division }) => division)).toEqual(['sex', 'age', 'skin tone'])
    }
    expect(GROUPS.filter(({ has }) => has({ male: null, ageYears: null, skinTone: null, smile: null }))).toEqual([])
  })
})

describe('groupFigures', () => {
  const groups = groupFigures([someone({}, 3), someone({}, 5), someone({ male: 1 }, 7), someone({ male: 1, skinTone: 4 }, null)])
  const group = (id: string) => groups.find((each) => each.id === id)

  it('averages over a group, and counts who was not found', () => {
    expect(group('women')).toMatchObject({ faces: 2, found: 2, error: 4, standardError: 1 })
    expect(group('men')).toMatchObject({ faces: 2, found: 1, error: 7, standardError: null })
    expect(group('dark skin')).toMatchObject({ faces: 1, found: 0, error: null })
  })

  it('gives the spread between groups that have figures', () => {
    expect(spreadOf(groups, 'sex', ({ error }) => error)).toBe(3)
    expect(spreadOf(groups, 'age', ({ error }) => error)).toBeNull()
  })
})
