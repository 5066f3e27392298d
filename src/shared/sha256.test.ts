import { afterEach, describe, expect, it, vi } from 'vitest'
import { sha256Of } from './sha256'

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31) % 251).buffer

describe('sha256Of', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is the standard’s example, with and without the browser’s help', async () => {
    const wanted = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    const abc = new TextEncoder().encode('abc').buffer
    expect(await sha256Of(abc)).toBe(wanted)
    vi.stubGlobal('crypto', {})
    expect(await sha256Of(abc)).toBe(wanted)
  })

  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])('agrees with the browser on %i bytes', async (length) => {
    const wanted = await sha256Of(bytes(length))
    vi.stubGlobal('crypto', {})
    expect(await sha256Of(bytes(length))).toBe(wanted)
  })
})
