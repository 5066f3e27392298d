import { describe, expect, it } from 'vitest'
import { decodeSlot, encodeSlot, openSlots, readSlots, type SlotFile } from './slots'

/** A file that a kill can tear: after `budget` bytes nothing more reaches it. */
function file() {
  let bytes = new Uint8Array(0)
  let budget = Number.POSITIVE_INFINITY
  const slot: SlotFile = {
    getSize: () => bytes.length,
    read: (buffer, { at }) => {
      buffer.set(bytes.subarray(at, at + buffer.length))
      return Math.min(buffer.length, bytes.length - at)
    },
    write: (buffer, { at }) => {
      const taken = buffer.subarray(0, Math.max(0, Math.min(buffer.length, budget)))
      budget -= taken.length
      const next = new Uint8Array(Math.max(bytes.length, at + taken.length))
      next.set(bytes)
      next.set(taken, at)
      bytes = next
      if (taken.length < buffer.length) throw new Error('killed')
      return taken.length
    },
    truncate: (size) => {
      const next = new Uint8Array(size)
      next.set(bytes.subarray(0, size))
      bytes = next
    },
  }
  return { slot, killAfter: (count: number) => (budget = count), damage: (at: number) => bytes.fill(0x41, at, at + 1) }
}

describe('two slots', () => {
  it('hold the newest text, long and short ones in turn', () => {
    const files = [file(), file()] as const
    const slots = openSlots([files[0].slot, files[1].slot])
    for (const text of ['a', 'b'.repeat(5000), 'Łukasz 安', '', 'e'.repeat(70), 'f']) {
      slots.write(text)
      expect(readSlots([files[0].slot, files[1].slot])).toBe(text)
    }
    slots.clear()
    expect(readSlots([files[0].slot, files[1].slot])).toBe('')
    // Nor is anything of it left behind the headers.
    for (const { slot } of files) {
      const bytes = new Uint8Array(slot.getSize())
      slot.read(bytes, { at: 0 })
      expect(bytes.subarray(64).every((byte) => byte === 0)).toBe(true)
    }
    slots.write('again')
    expect(readSlots([files[0].slot, files[1].slot])).toBe('again')
  })

  it('hold the last whole text when a write is torn at any byte', () => {
    const whole = encodeSlot(3, 'the third, longer text').length
    for (let cut = 0; cut < whole; cut++) {
      const files = [file(), file()] as const
      const slots = openSlots([files[0].slot, files[1].slot])
      slots.write('first')
      slots.write('second')
      files[1].killAfter(cut)
      expect(() => slots.write('the third, longer text')).toThrow('killed')
      expect(readSlots([files[0].slot, files[1].slot])).toBe('second')
    }
  })

  it('fall back to the other one when a byte has changed', () => {
    const files = [file(), file()] as const
    const slots = openSlots([files[0].slot, files[1].slot])
    slots.write('first')
    slots.write('second')
    files[0].damage(66)
    expect(readSlots([files[0].slot, files[1].slot])).toBe('first')
    files[1].damage(3)
    expect(readSlots([files[0].slot, files[1].slot])).toBe('')
  })

  it('are read from files of others without harm', () => {
    for (const text of ['', 'x', 'face-studio-ahead-1 7 99999 12', 'face-studio-ahead-1 7 -1 0', '\0'.repeat(100)]) {
      expect(decodeSlot(new TextEncoder().encode(text))).toBeNull()
    }
  })
})
