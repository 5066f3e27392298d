import { expect, it } from 'vitest'
import { warmUp } from './warmUp'

it('goes the whole way of a pen-up: gesture, part, history, journal', async () => {
  expect(await warmUp()).toBe(12)
})
