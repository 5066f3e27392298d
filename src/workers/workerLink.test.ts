/** The link by itself, to a worker that is no inference worker: whatever is asked of it, over a real message channel. */

import { expose } from 'comlink'
import { afterEach, describe, expect, it } from 'vitest'
import { type ErrorReport, StudioError } from '../shared/errors'
import type { WorkerHandle } from './spawn'
import { type Connection, WorkerLink } from './workerLink'

interface Adder {
  add(a: number, b: number): Promise<number>
  fail(report: ErrorReport): Promise<never>
  count(listener: (n: number) => void): Promise<void>
  hang(): Promise<never>
}

const ADDER: Adder = {
  add: async (a, b) => a + b,
  fail: (report) => Promise.reject(report),
  count: async (listener) => {
    for (const n of [1, 2, 3]) await listener(n)
  },
  hang: () => new Promise(() => {}),
}

const BY_HAND = new StudioError('internal', 'By hand.')
const links: WorkerLink<Adder>[] = []
afterEach(() => {
  for (const link of links.splice(0)) link.disconnect(BY_HAND)
})

function setting(idleMs?: number) {
  const handles: { crash: (reason: string) => void; terminated: boolean; watched: boolean }[] = []
  const lost: [ErrorReport, string | null][] = []
  const spawn = (): WorkerHandle => {
    const { port1, port2 } = new MessageChannel()
    expose(ADDER, port2)
    const state = { crash: (_: string) => {}, terminated: false, watched: false }
    handles.push(state)
    return {
      endpoint: port1,
      onCrash: (listener) => {
        state.crash = listener
      },
      watch: () => {
        state.watched = true
      },
      terminate: () => {
        state.terminated = true
        port2.close()
      },
    }
  }
  const link = new WorkerLink<Adder>({
    spawn,
    name: 'The adder',
    onLost: (report, _, lane) => lost.push([report, lane]),
    ...(idleMs === undefined ? {} : { idleMs }),
  })
  links.push(link)
  const add = (connection: Connection, a: number, b: number) => link.call(connection, 10_000, (api) => api.add(a, b))
  return { link, handles, lost, add }
}

describe('WorkerLink', () => {
  it('asks its worker, and not one that has been left', async () => {
    const { link, handles, add } = setting()
    expect(link.connection).toBeNull()
    const first = link.connect(BY_HAND)
    expect(await add(first, 2, 3)).toBe(5)
    first.settle()
    expect(handles[0]?.watched).toBe(true)
    const second = link.connect(BY_HAND)
    expect([handles[0]?.terminated, first.isCurrent, link.connection]).toEqual([true, false, second])
    await expect(add(first, 1, 1)).rejects.toThrow('has been ended')
    expect(await add(second, 1, 1)).toBe(2)
  })

  it('lets lanes take turns, the newest request of each winning', async () => {
    const { link, add } = setting()
    const connection = link.connect(BY_HAND)
    const order: string[] = []
    const ask = (lane: string, n: number) =>
      link.request(lane, async () => {
        order.push(`${lane}${n}`)
        return add(connection, n, 0)
      })
    expect(await Promise.all([ask('a', 1), ask('a', 2), ask('b', 3), ask('a', 4), ask('b', 5)])).toEqual([1, null, 3, 4, 5])
    expect(order).toHaveLength(4)
    expect(order.indexOf('a1')).toBeLessThan(order.indexOf('a4'))
  })

  it('hears its worker’s events, and none of a worker that has been left', async () => {
    const { link } = setting()
    const connection = link.connect(BY_HAND)
    const heard: number[] = []
    const listener = link.listener(connection, (n: number) => heard.push(n))
    await link.call(connection, 10_000, (api) => api.count(listener))
    link.disconnect(BY_HAND)
    listener(4)
    expect(heard).toEqual([1, 2, 3])
  })

  it('tells a loss with the lane whose turn it was, and rejects everyone who waits', async () => {
    const { link, handles, lost } = setting()
    const connection = link.connect(BY_HAND)
    const busy = link.request('a', () => link.call(connection, 10_000, (api) => api.hang()))
    const waiting = link.request('b', async () => 1)
    await Promise.resolve()
    handles[0]?.crash('it was killed')
    await expect(busy).rejects.toMatchObject({ code: 'worker-crashed', message: 'The adder crashed: it was killed.' })
    await expect(waiting).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(lost).toMatchObject([[{ code: 'worker-crashed' }, 'a']])
    expect([handles[0]?.terminated, link.connection]).toEqual([true, null])
  })

  it('takes silence for a loss, but not an error that is the request’s own', async () => {
    const { link, lost } = setting()
    const connection = link.connect(BY_HAND)
    const refused = link.call(connection, 10_000, (api) => api.fail({ code: 'bad-request', message: 'No.' }))
    await expect(refused).rejects.toMatchObject({ code: 'bad-request', message: 'No.' })
    expect(lost).toEqual([])
    void link.call(connection, 30, (api) => api.hang())
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(lost).toMatchObject([[{ message: 'The adder did not start in time.' }, null]])
    const memory = link.connect(BY_HAND)
    await expect(link.call(memory, 10_000, (api) => api.fail({ code: 'out-of-memory', message: 'Full.' }))).rejects.toThrow('Full.')
    expect(lost).toHaveLength(2)
  })

  it('ends when nobody has asked for a while, and not before', async () => {
    const { link, handles, lost, add } = setting(60)
    const connection = link.connect(BY_HAND)
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(await link.request('a', () => add(connection, i, 0))).toBe(i)
    }
    expect(handles[0]?.terminated).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect([handles[0]?.terminated, lost]).toEqual([true, []])
  })
})
