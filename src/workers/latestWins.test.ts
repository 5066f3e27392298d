import { describe, expect, it } from 'vitest'
import { LatestWins } from './latestWins'

function controlled() {
  const runs: { request: string; resolve: (answer: string) => void; reject: (error: unknown) => void }[] = []
  const queue = new LatestWins((request: string) => new Promise<string>((resolve, reject) => runs.push({ request, resolve, reject })))
  return { queue, runs }
}

describe('LatestWins', () => {
  it('runs one at a time and answers replaced requests with null', async () => {
    const { queue, runs } = controlled()
    const [a, b, c] = [queue.submit('a'), queue.submit('b'), queue.submit('c')]
    expect(await b).toBeNull()
    expect(runs.map(({ request }) => request)).toEqual(['a'])
    runs[0]?.resolve('A')
    expect(await a).toBe('A')
    expect(runs.map(({ request }) => request)).toEqual(['a', 'c'])
    runs[1]?.resolve('C')
    expect(await c).toBe('C')
  })

  it('goes on after a failure', async () => {
    const { queue, runs } = controlled()
    const [a, b] = [queue.submit('a'), queue.submit('b')]
    runs[0]?.reject(new Error('no'))
    await expect(a).rejects.toThrow('no')
    runs[1]?.resolve('B')
    expect(await b).toBe('B')
  })

  it('gives up everything at once and ignores what comes late', async () => {
    const { queue, runs } = controlled()
    const [a, b] = [queue.submit('a'), queue.submit('b')]
    queue.abandon(new Error('lost'))
    await expect(a).rejects.toThrow('lost')
    await expect(b).rejects.toThrow('lost')
    const c = queue.submit('c')
    runs[0]?.resolve('late')
    runs[1]?.resolve('C')
    expect(await c).toBe('C')
    expect(runs).toHaveLength(2)
  })
})
