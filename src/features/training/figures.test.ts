import { describe, expect, it } from 'vitest'
import type { LiveRun } from '../../workers/trainingClient'
import { durationOf, nearnessOf, paceAfter, picturesPerSecond, throttledBy, timeLeftMs } from './figures'
import { LossHistory, smoothed } from './lossHistory'
import { shownState } from './runStates'

describe('nearness to the wanted pictures', () => {
  it('is told against the parent, from the second figure on', () => {
    const figures = [
      { step: 0, l1: 42.2 },
      { step: 50, l1: 24.3 },
      { step: 600, l1: 21.7 },
    ]
    expect(nearnessOf(figures)).toEqual({ parent: 42.2, now: 21.7, step: 600, percent: 49 })
    expect(nearnessOf(figures.slice(0, 1))).toBeNull()
    expect(nearnessOf([])).toBeNull()
    // A set whose first figures are gone has nothing to compare with.
    expect(nearnessOf(figures.slice(1))).toBeNull()
    expect(
      nearnessOf([
        { step: 0, l1: 20 },
        { step: 10, l1: 22 },
      ])?.percent,
    ).toBe(-10)
  })
})

describe('time', () => {
  const options = { steps: 100, trainingMs: null }
  it('that is left is that of the steps, samples and all, or of the limit', () => {
    expect(timeLeftMs({ step: 0, elapsedMs: 0, stepMs: null }, options)).toBeNull()
    expect(timeLeftMs({ step: 50, elapsedMs: 60_000, stepMs: 1000 }, options)).toBe(60_000)
    expect(timeLeftMs({ step: 50, elapsedMs: 60_000, stepMs: 1000 }, { ...options, trainingMs: 90_000 })).toBe(30_000)
    expect(timeLeftMs({ step: 120, elapsedMs: 60_000, stepMs: 1000 }, options)).toBe(0)
  })

  it('is said in hours, minutes and seconds', () => {
    expect(durationOf(3_725_400)).toEqual({ hours: 1, minutes: 2, seconds: 5 })
    expect(durationOf(59_600)).toEqual({ hours: 0, minutes: 1, seconds: 0 })
    expect(picturesPerSecond(500, 2)).toBe(4)
    expect(picturesPerSecond(null, 2)).toBeNull()
  })

  it('tells of a browser that slows a tab nobody sees, and of no other', () => {
    const seen = Array.from({ length: 9 }).reduce<ReturnType<typeof paceAfter>>((pace) => paceAfter(pace, 500, false), {
      seenMs: null,
      hiddenMs: null,
    })
    expect(throttledBy(seen)).toBeNull()
    expect(throttledBy(paceAfter(seen, 600, true))).toBeNull()
    expect(throttledBy(paceAfter(seen, 1500, true))).toBe(3)
  })
})

describe('losses', () => {
  it('begin where they are first told, go back to a checkpoint, and are thinned when they are many', () => {
    const history = new LossHistory({ steps: [1, 2], losses: { pair: [3, Number.NaN] } })
    expect(history.of('pair')).toEqual([3, null])
    history.add(3, { pair: 2, texture: 1 })
    // A step that is told twice counts once.
    history.add(3, { pair: 9, texture: 9 })
    expect([history.names, history.of('texture')]).toEqual([
      ['pair', 'texture'],
      [null, null, 1],
    ])
    history.backTo(2)
    expect([history.steps, history.of('texture')]).toEqual([
      [1, 2],
      [null, null],
    ])
    for (let step = 3; step <= 10_000; step++) history.add(step, { pair: step })
    expect(history.steps.length).toBeLessThanOrEqual(2400)
    expect(history.steps.length).toBeGreaterThan(1000)
    expect(history.of('pair').length).toBe(history.steps.length)
    const gaps = history.steps.slice(1).map((step, i) => step - (history.steps[i] as number))
    expect(Math.max(...gaps.slice(2))).toBeLessThanOrEqual(8)
  })

  it('are smoothed without a bias at their beginning', () => {
    expect(smoothed([4, null, 4, 4], 10)).toEqual([4, null, 4, 4])
    const [first, second] = smoothed([0, 10], 4)
    expect(first).toBe(0)
    expect(second).toBeCloseTo((10 * 0.25) / (1 - 0.75 ** 2))
  })
})

describe('what a run is up to', () => {
  const row = { runId: 'a', state: 'running' } as const
  const live = (phase: LiveRun['phase']) => ({ phase }) as LiveRun
  it('is told by this tab’s trainer, else by the locks of others, else it was interrupted', () => {
    expect(shownState(row, live('training'), new Set())).toBe('running')
    expect(shownState(row, null, new Set(['a']))).toBe('elsewhere')
    expect(shownState(row, null, new Set(['b']))).toBe('interrupted')
    // Its worker died: the row could not be written.
    expect(shownState(row, live('failed'), new Set())).toBe('failed')
    expect(shownState({ ...row, state: 'paused' }, live('resting'), new Set())).toBe('paused')
  })
})
