import { describe, expect, it, vi } from 'vitest'
import { openStorage } from '../../storage'
import { documentOf } from '../../storage/testing'
import { createToasts } from '../ui/toasts'
import { offerBack } from './offerBack'

async function deleted() {
  const { sketches } = await openStorage({ inMemory: true })
  await (await sketches.create(documentOf('ann', ['a'], 'Ann'))).close()
  await sketches.delete('ann')
  const toasts = createToasts()
  const onProblem = vi.fn()
  offerBack('ann', { title: 'Ann was deleted', label: 'Bring back' }, { sketches, toasts, onProblem })
  const shown = () => toasts.store.getState().toasts
  return { sketches, toasts, shown, onProblem }
}

describe('"Bring back"', () => {
  it('brings the sketch back and is gone', async () => {
    const { sketches, shown, onProblem } = await deleted()
    shown()[0]?.action?.perform()
    await vi.waitFor(() => expect(shown()).toEqual([]))
    expect((await sketches.list()).total).toBe(1)
    expect(onProblem).not.toHaveBeenCalled()
  })

  it('is gone when the trash is emptied', async () => {
    const { sketches, shown } = await deleted()
    expect(shown()).toHaveLength(1)
    await sketches.purge()
    await vi.waitFor(() => expect(shown()).toEqual([]))
  })

  it('is gone when the list has brought it back, and stays while other sketches change', async () => {
    const { sketches, shown } = await deleted()
    await sketches.create(documentOf('bob', ['b']))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(shown()).toHaveLength(1)
    await sketches.restore('ann')
    await vi.waitFor(() => expect(shown()).toEqual([]))
  })
})
