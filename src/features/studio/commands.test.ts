import { describe, expect, it } from 'vitest'
import { en } from '../ui/i18n/en'
import { ALL_COMMANDS } from './commands'
import { commandFor, keysOf } from './shortcuts'

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})

describe('shortcuts', () => {
  it('finds tools by their letter, whatever its case', () => {
    expect(commandFor(press('p'))?.id).toBe('pen')
    expect(commandFor(press('E'))?.id).toBe('eraser')
  })

  it('tells undo from redo', () => {
    expect(commandFor(press('z', { ctrlKey: true }))?.id).toBe('undo')
    expect(commandFor(press('Z', { metaKey: true, shiftKey: true }))?.id).toBe('redo')
    expect(commandFor(press('y', { ctrlKey: true }))?.id).toBe('redo')
    expect(commandFor(press('z'))).toBeNull()
  })

  it('takes signs with or without Shift, as keyboards differ', () => {
    expect(commandFor(press('+', { shiftKey: true }))?.id).toBe('zoomIn')
    expect(commandFor(press('='))?.id).toBe('zoomIn')
  })

  it('leaves the browser its own combinations', () => {
    expect(commandFor(press('p', { ctrlKey: true }))).toBeNull()
    expect(commandFor(press('v', { altKey: true }))).toBeNull()
  })

  it('goes by place where the keyboard types another script, and only there', () => {
    expect(commandFor({ ...press('я', { ctrlKey: true }), code: 'KeyZ' })?.id).toBe('undo')
    expect(commandFor({ ...press('у'), code: 'KeyE' })?.id).toBe('eraser')
    expect(commandFor({ ...press('w', { ctrlKey: true }), code: 'KeyZ' })).toBeNull()
    expect(commandFor({ ...press('ü'), code: 'BracketLeft' })).toBeNull()
  })

  it('hears a sign that needs AltGr or Option', () => {
    expect(commandFor({ ...press(']', { ctrlKey: true, altKey: true }), code: 'Digit9' })?.id).toBe('thicker')
    expect(commandFor({ ...press('[', { altKey: true }), code: 'Digit5' })?.id).toBe('thinner')
  })

  it('gives every command its own keys', () => {
    const all = ALL_COMMANDS.map((command) => keysOf(command, en.messages).join(' '))
    expect(new Set(all).size).toBe(all.length)
  })
})
