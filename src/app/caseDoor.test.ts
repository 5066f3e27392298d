import { describe, expect, it } from 'vitest'
import type { CaseDesk } from '../features/cases/desk'
import { createCaseDoor, goOnWithCase } from './caseDoor'

const settingsWith = (value: unknown) => ({ get: async () => value, getAll: async () => ({}), set: async () => undefined })

function deskThat(fails: () => boolean) {
  let entered = 0
  const desk = { enter: async () => void entered++ } as unknown as CaseDesk
  const load = async (): Promise<CaseDesk> => {
    if (fails()) throw new Error('The database does not answer.')
    return desk
  }
  return { door: createCaseDoor(load), entered: () => entered }
}

describe('the way to case mode', () => {
  it('goes on with a session that was under way, and with none otherwise', async () => {
    const { door, entered } = deskThat(() => false)
    await goOnWithCase(door, settingsWith(undefined))
    expect(entered()).toBe(0)
    await goOnWithCase(door, settingsWith({ caseId: 'a', session: 'b' }))
    expect(entered()).toBe(1)
  })

  it('tells a failure, and is open to the next who comes', async () => {
    let failures = 1
    const { door, entered } = deskThat(() => failures-- > 0)
    await expect(goOnWithCase(door, settingsWith({ caseId: 'a', session: 'b' }))).rejects.toThrow('does not answer')
    await goOnWithCase(door, settingsWith({ caseId: 'a', session: 'b' }))
    expect(entered()).toBe(1)
  })
})
