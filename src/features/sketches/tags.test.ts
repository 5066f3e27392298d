import { expect, it } from 'vitest'
import { parseTags } from './tags'

it('splits at commas of both scripts and drops repetitions', () => {
  expect(parseTags(' beard, case 12，beard、glasses; ')).toEqual(['beard', 'case 12', 'glasses'])
  expect(parseTags('')).toEqual([])
})

it('keeps within the limits of the files', () => {
  expect(parseTags('x'.repeat(500))[0]).toHaveLength(60)
  expect(parseTags(Array.from({ length: 80 }, (_, i) => `t${i}`).join(','))).toHaveLength(50)
})
