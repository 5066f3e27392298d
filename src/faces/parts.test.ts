import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CONTOUR_LINES } from './parts'

it('draws the 68 landmarks with the lines that training sketches have', () => {
  expect(CONTOUR_LINES).toEqual(JSON.parse(readFileSync(new URL('../../tests/golden/contourLines.json', import.meta.url), 'utf8')))
})
