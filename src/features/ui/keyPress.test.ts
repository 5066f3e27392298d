import { describe, expect, it } from 'vitest'
import { isComposing, type KeyPress, meantKey } from './keyPress'

const press = (key: string, code = '', more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})
const altGraph = { getModifierState: (name: string) => name === 'AltGraph' }

describe('the key that is meant', () => {
  it.each([
    ['a letter', press('z', 'KeyZ'), 'z'],
    ['a capital', press('Z', 'KeyZ', { shiftKey: true }), 'z'],
    ['Russian', press('я', 'KeyZ'), 'z'],
    ['Russian capital', press('Я', 'KeyZ'), 'z'],
    ['Greek', press('ζ', 'KeyZ'), 'z'],
    ['Arabic', press('ئ', 'KeyZ'), 'z'],
    ['Arabic, two letters on one key', press('لا', 'KeyB'), 'b'],
    ['Hebrew', press('ק', 'KeyE'), 'e'],
    ['Thai vowel', press('ี', 'KeyU'), 'u'],
    ['Korean', press('ㅋ', 'KeyZ'), 'z'],
    ['Devanagari', press('ञ', 'KeyP'), 'p'],
    ['Persian digit', press('۰', 'Digit0'), '0'],
    ['Russian bracket', press('х', 'BracketLeft'), '['],
    ['Arabic bracket', press('ج', 'BracketLeft'), '['],
    ['AZERTY: what it types, not where', press('w', 'KeyZ'), 'w'],
    ['QWERTZ: what it types, not where', press('z', 'KeyY'), 'z'],
    ['Dvorak', press('e', 'KeyD'), 'e'],
    ['a Latin letter with a mark stays itself', press('ü', 'BracketLeft'), 'ü'],
    ['a key without a name', press('Unidentified', 'KeyE'), 'e'],
    ['a named key', press('Delete', 'Delete'), 'Delete'],
    ['the micro sign is no Greek letter', press('µ', 'KeyM'), 'µ'],
    ['Arabic question mark', press('؟', 'Slash'), '?'],
  ])('%s', (_, key, meant) => {
    expect(meantKey(key).key).toBe(meant)
  })

  it.each([
    ['AltGr on Windows', press(']', 'Digit9', { ctrlKey: true, altKey: true, ...altGraph })],
    ['AltGr where its name is not told', press(']', 'Digit9', { ctrlKey: true, altKey: true })],
    ['AltGr on Linux', press(']', 'Digit9', altGraph)],
    ['Option on a Mac', press(']', 'Digit6', { altKey: true })],
    ['Option and Shift on a Mac', press(']', 'Digit6', { altKey: true, shiftKey: true })],
  ])('a sign by %s is that sign alone', (_, key) => {
    expect(meantKey(key)).toEqual({ key: ']', ctrl: false, shift: false, alt: false })
  })

  it.each([
    ['Option+p on a Mac types π', press('π', 'KeyP', { altKey: true })],
    ['AltGr+z in Polish', press('ż', 'KeyZ', { ctrlKey: true, altKey: true, ...altGraph })],
    ['Alt+v', press('v', 'KeyV', { altKey: true })],
  ])('a letter with Alt is no shortcut: %s', (_, key) => {
    expect(meantKey(key).alt).toBe(true)
  })

  it('Control and Command are one', () => {
    expect(meantKey(press('я', 'KeyZ', { metaKey: true, shiftKey: true }))).toEqual({ key: 'z', ctrl: true, shift: true, alt: false })
  })
})

it('knows when an input method has the key', () => {
  const event = { isComposing: false, keyCode: 13, key: 'Enter' }
  expect(isComposing(event)).toBe(false)
  expect(isComposing({ ...event, isComposing: true })).toBe(true)
  expect(isComposing({ ...event, keyCode: 229 })).toBe(true)
  expect(isComposing({ ...event, key: 'Process' })).toBe(true)
})
