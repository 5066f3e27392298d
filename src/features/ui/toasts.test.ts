import { expect, it } from 'vitest'
import { createToasts } from './toasts'

it('keeps what stays until it is put away, however much is said after it', () => {
  const toasts = createToasts()
  const lost = toasts.show({ kind: 'problem', title: 'lost', stays: true })
  toasts.show({ kind: 'offer', title: 'new version' })
  for (const title of ['a', 'b', 'c', 'd']) toasts.show({ kind: 'note', title })
  const titles = () => toasts.store.getState().toasts.map(({ title }) => title)
  expect(titles()).toEqual(['lost', 'new version', 'b', 'c', 'd'])
  toasts.dismiss(lost)
  expect(titles()).not.toContain('lost')
})
