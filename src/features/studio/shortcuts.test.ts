import { describe, expect, it } from 'vitest'
import { en } from '../ui/i18n/en'
import { defaultPreferences, parsePreferences } from '../ui/preferences'
import { COMMANDS } from './commands'
import { CHANGEABLE, chosenKeys, commandFor, keysOf, takenBy, withKeys, withoutChoice } from './shortcuts'

const press = (key: string, more: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('keys of one’s own', () => {
  it('do what they were chosen for, and the old ones no more', () => {
    const chosen = withKeys({}, COMMANDS.redo, { key: 'r', ctrl: true })
    expect(commandFor(press('r', { ctrlKey: true }), chosen)?.id).toBe('redo')
    expect(commandFor(press('z', { ctrlKey: true, shiftKey: true }), chosen)).toBeNull()
    // The alternative belonged to the old ones.
    expect(commandFor(press('y', { ctrlKey: true }), chosen)).toBeNull()
    expect(commandFor(press('z', { ctrlKey: true }), chosen)?.id).toBe('undo')
    expect(keysOf(COMMANDS.redo, en.messages, chosen)).toEqual(['Ctrl', 'R'])
  })

  it('are taken from whoever had them, who then has none', () => {
    expect(takenBy({ key: 'p' }, {}, 'heat')).toMatchObject({ id: 'pen' })
    const chosen = withKeys({}, COMMANDS.heat, { key: 'p' })
    expect(commandFor(press('p'), chosen)?.id).toBe('heat')
    const pen = CHANGEABLE.find(({ id }) => id === 'pen')
    expect(pen && keysOf(pen, en.messages, chosen)).toEqual([])
  })

  it('are found to be taken by an alternative, and by a sign with or without Shift', () => {
    expect(takenBy({ key: 'Backspace' }, {}, 'heat')).toMatchObject({ id: 'delete' })
    expect(takenBy({ key: '+', shift: true }, {}, 'heat')).toMatchObject({ id: 'zoomIn' })
    expect(takenBy({ key: 'p', shift: true }, {}, 'heat')).toBeNull()
  })

  it('may not be the page’s own', () => {
    for (const keys of [{ key: ' ' }, { key: 'Escape' }, { key: 'ArrowLeft' }, { key: 'c', ctrl: true }, { key: '?' }])
      expect(takenBy(keys, {}, 'heat')).toBe('fixed')
    expect(CHANGEABLE.some(({ id }) => id === 'cancel')).toBe(false)
    expect(commandFor(press('Escape'), { cancel: { key: 'q' } })?.id).toBe('cancel')
  })

  it('go back to the usual ones, unless those do something else now', () => {
    const chosen = withKeys({}, COMMANDS.heat, { key: 'q' })
    expect(withoutChoice(chosen, COMMANDS.heat)).toEqual({})
    const swapped = withKeys(chosen, COMMANDS.lock, { key: 'w' })
    expect(withoutChoice(swapped, COMMANDS.heat)).toEqual({ lock: { key: 'w' }, heat: null })
    // Somebody has the second keys: the first ones alone come back, and theirs stay theirs.
    const second = withKeys({}, COMMANDS.heat, { key: 'y', ctrl: true })
    const back = withoutChoice(second, COMMANDS.redo)
    expect(back).toEqual({ heat: { key: 'y', ctrl: true }, redo: { key: 'z', ctrl: true, shift: true } })
    expect(commandFor(press('y', { ctrlKey: true }), back)?.id).toBe('heat')
  })

  it('are read from the key press as meant; a modifier alone is none', () => {
    expect(chosenKeys(press('Q', { shiftKey: true }))).toEqual({ key: 'q', shift: true })
    expect(chosenKeys(press('+', { shiftKey: true }))).toEqual({ key: '+' })
    expect(chosenKeys(press('Shift', { shiftKey: true }))).toBeNull()
    expect(chosenKeys(press('q', { altKey: true }))).toBeNull()
  })

  it('outlive the page, and damaged ones are left out', () => {
    const stored = {
      shortcuts: { heat: { key: 'q', shift: true, more: 1 }, lock: null, undo: { key: 7 }, redo: 'x' },
      inkColour: '#1b4fa0',
      inkOpacity: 5,
    }
    const read = parsePreferences(stored, defaultPreferences(['en']))
    expect(read.shortcuts).toEqual({ heat: { key: 'q', shift: true }, lock: null })
    expect([read.inkColour, read.inkOpacity]).toEqual(['#1b4fa0', 1])
  })
})
