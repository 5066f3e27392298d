import { afterEach, describe, expect, it, vi } from 'vitest'
import { webLocks } from './locks'

/** The part of the browser's lock manager that is used: granted if nobody has it. @param answerMs how long a busy page waits for an answer */
function lockManager(answerMs = 0) {
  const held = new Set<string>()
  return {
    request: async (name: string, _options: { ifAvailable: true }, work: (lock: object | null) => Promise<void> | null) => {
      const isFree = !held.has(name)
      if (isFree) held.add(name)
      await new Promise((done) => setTimeout(done, answerMs))
      await work(isFree ? {} : null)
      if (isFree) held.delete(name)
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

  it('does not take a free lock for a held one because the page is busy', async () => {
    vi.stubGlobal('navigator', { locks: lockManager(700) })
    expect(await webLocks('db').acquire('a')).not.toBeNull()
  })

  it('locks nothing where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {})
    expect(await webLocks('db').acquire('a')).not.toBeNull()
    expect(await webLocks('db').acquire('a')).not.toBeNull()
  })
})
