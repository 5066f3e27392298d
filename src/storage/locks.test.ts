import { afterEach, describe, expect, it, vi } from 'vitest'
import { webLocks } from './locks'

/** The part of the browser's lock manager that is used: queue, grant, release, abort while waiting. */
function lockManager() {
  const tails = new Map<string, Promise<unknown>>()
  return {
    request: async (name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) => {
      const before = tails.get(name)
      if (before) await Promise.race([before, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))])
      const held = work()
      tails.set(name, held)
      await held
      tails.delete(name)
    },
  }
}

afterEach(() => vi.unstubAllGlobals())

describe('webLocks', () => {
  it('gives a sketch to one tab at a time, and to the next one after release', async () => {
    vi.stubGlobal('navigator', { locks: lockManager() })
    const locks = webLocks('db')
    const release = await locks.acquire('a')
    expect(release).not.toBeNull()
    expect(await locks.acquire('a')).toBeNull()
    expect(await locks.acquire('b')).not.toBeNull()
    release?.()
    expect(await locks.acquire('a')).not.toBeNull()
  })

  it('waits a moment for a page that is just being reloaded', async () => {
    vi.stubGlobal('navigator', { locks: lockManager() })
    const locks = webLocks('db')
    const release = await locks.acquire('a')
    setTimeout(() => release?.(), 50)
    expect(await locks.acquire('a')).not.toBeNull()
  })

  it('locks nothing where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {})
    expect(await webLocks('db').acquire('a')).not.toBeNull()
    expect(await webLocks('db').acquire('a')).not.toBeNull()
  })
})
