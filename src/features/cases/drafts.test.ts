import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { createCaseDesk } from './desk'
import { draftOf, keepDrafts, setDraft } from './drafts'
import { inSession, setUp } from './testing'

const WORDS = 'a long face, heavy brows'

describe('words that are being typed', () => {
  it('stay until they are in the log, and go then', async () => {
    const { desk } = await inSession()
    setDraft(desk, 'a', WORDS)
    setDraft(desk, 'other', 'something else')
    expect(await keepDrafts(desk, ['a'], async () => false)).toBe(false)
    expect(draftOf(desk, 'a')).toBe(WORDS)
    expect(await keepDrafts(desk, ['a'], () => desk.addNote(null, WORDS))).toBe(true)
    expect(draftOf(desk, 'a')).toBeNull()
    expect(draftOf(desk, 'other')).toBe('something else')
    expect(desk.current().state.notes.map(({ words }) => words)).toEqual([WORDS])
  })

  it('stay when they were typed on while they were written', async () => {
    const { desk } = await inSession()
    setDraft(desk, 'a', WORDS)
    await keepDrafts(desk, ['a'], async () => {
      setDraft(desk, 'a', `${WORDS}, and he smiled`)
      return true
    })
    expect(draftOf(desk, 'a')).toBe(`${WORDS}, and he smiled`)
  })

  it('tell a field that was emptied from one that nobody touched', async () => {
    const { desk } = await inSession()
    expect(draftOf(desk, 'field/title')).toBeNull()
    setDraft(desk, 'field/title', '')
    expect(draftOf(desk, 'field/title')).toBe('')
  })

  it('go with the case, which asks first, and stay with it when the answer is no', async () => {
    const { port } = await setUp()
    const confirm = vi.fn(async () => false)
    const desk = createCaseDesk({ ...port(), confirm })
    await desk.create({ number: '1', operator: 'Mara' })
    setDraft(desk, 'note/', WORDS)
    await desk.closeCase()
    expect(confirm).toHaveBeenCalledTimes(1)
    expect(desk.store.getState().open).not.toBeNull()
    expect(draftOf(desk, 'note/')).toBe(WORDS)
    confirm.mockResolvedValue(true)
    await desk.closeCase()
    expect(desk.store.getState()).toMatchObject({ open: null, drafts: {} })
  })

  it('go without a question when the case is wiped', async () => {
    const { port } = await setUp()
    const confirm = vi.fn(async () => true)
    const desk = createCaseDesk({ ...port(), confirm })
    await desk.create({ number: '1', operator: 'Mara' })
    setDraft(desk, 'note/', WORDS)
    await desk.wipe(desk.current().id)
    expect(confirm).not.toHaveBeenCalled()
    expect(desk.store.getState().drafts).toEqual({})
  })
})
