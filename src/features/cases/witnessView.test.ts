import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import type { WitnessLink } from '../../shared/witnessLink'
import { BLANK } from '../../shared/witnessMessages'
import { createCaseDesk } from './desk'
import type { CasesPort } from './deskTypes'

import { kindsOf, setUp } from './testing'

/** A window that shows what it is told to, at once. */
function windowThat() {
  const shown: string[] = []
  const named: (string | undefined)[] = []
  const make = (name?: string): WitnessLink => {
    named.push(name)
    const state = { isThere: true, isShown: true, view: BLANK }
    const link: Pick<WitnessLink, 'name' | 'state' | 'subscribe' | 'open' | 'show' | 'close'> = {
      name: name ?? 'window-1',
      state,
      subscribe: () => () => undefined,
      open: () => true,
      show: (view) => void shown.push(view.kind),
      close: () => void shown.push('closed'),
    }
    return link as WitnessLink
  }
  return { make, shown, named }
}

describe('the witness’s window', () => {
  async function withWindow(encode?: CasesPort['encode']) {
    const set = await setUp()
    const window = windowThat()
    const port: CasesPort = { ...set.port(), witnessLink: window.make, ...(encode ? { encode } : {}) }
    const desk = createCaseDesk(port)
    await desk.create({ number: '1', operator: 'Mara' })
    await desk.startSession(desk.addWitness('A', ''))
    await desk.keepStep('freeRecall', 'a long face', [])
    desk.openWitness()
    return { ...set, ...window, port, desk }
  }

  it('is blank at once when nothing is to be shown, and a picture that comes later stays away', async () => {
    let finish: ((png: Uint8Array<ArrayBuffer>) => void) | undefined
    const { desk, shown } = await withWindow(() => new Promise((resolve) => (finish = resolve)))
    const showing = desk.showWitness('greyFace')
    await vi.waitFor(() => expect(finish).toBeDefined())
    const hiding = desk.showWitness('blank')
    expect(shown).toEqual(['blank'])
    finish?.(new Uint8Array(4))
    await Promise.all([showing, hiding])
    expect(shown).toEqual(['blank'])
    expect(kindsOf(desk).filter((kind) => kind === 'shown')).toHaveLength(1)
  })

  it('is found again after a reload, blank, and forgotten when it was closed', async () => {
    const { desk, port, library, named } = await withWindow()
    await desk.current().flush()
    const enter = async () => {
      const again = createCaseDesk({ ...port, library: { ...library, lock: async () => () => undefined } })
      await again.enter()
      return again
    }
    const again = await enter()
    expect(named).toEqual([undefined, 'window-1'])
    expect(again.store.getState().witness).toEqual({ isThere: true, isShown: true, shown: 'blank' })
    again.closeWitness()
    await enter()
    expect(named).toHaveLength(2)
  })

  it('shows nothing of another sketch, and no face that is not of this drawing', async () => {
    const { desk, page, shown } = await withWindow()
    await desk.showWitness('greyFace')
    expect(shown).toEqual(['picture'])
    await page.startNew()
    for (const what of ['sketch', 'greyFace', 'colourFace'] as const) await desk.showWitness(what)
    expect(shown.filter((kind) => kind === 'picture')).toHaveLength(1)
    expect(shown.at(-1)).toBe('blank')
    expect(kindsOf(desk).filter((kind) => kind === 'shown')).toHaveLength(1)
    await desk.backToDrawing()
    Object.assign(page, { face: () => null })
    await desk.showWitness('greyFace')
    expect(kindsOf(desk).filter((kind) => kind === 'shown')).toHaveLength(1)
    await desk.showWitness('sketch')
    expect(shown.at(-1)).toBe('picture')
  })
})
