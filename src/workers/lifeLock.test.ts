import { expect, it } from 'vitest'
import { waiting } from './lifeLock'

it('no method answers before the worker holds its lock, and calls keep their order', async () => {
  let hold: () => void = () => {}
  const alive = new Promise<void>((resolve) => {
    hold = resolve
  })
  const called: string[] = []
  const api = {
    create: (name: string) => called.push(name),
    fail: async () => {
      throw new Error('no such run')
    },
  }
  const held = waiting(api, alive)
  const [first, second, third] = [held.create('a'), held.create('b'), held.fail()]
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(called).toEqual([])
  hold()
  expect(await Promise.all([first, second])).toEqual([1, 2])
  await expect(third).rejects.toThrow('no such run')
  expect(called).toEqual(['a', 'b'])
})
