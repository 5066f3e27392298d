import { describe, expect, it } from 'vitest'
import { changeWord, closenessOf, machineOf, paceOf } from './plainWords'

describe('plain words', () => {
  it('name what computes, not how it is reached', () => {
    expect((['webgpu', 'webgl', 'wasm', 'cpu'] as const).map(machineOf)).toEqual(['graphics', 'graphics', 'processor', 'slowProcessor'])
  })

  it('grow with the figures, and change where somebody would notice', () => {
    expect([20, 150, 151, 1000, 1001, 9000].map(paceOf)).toEqual(['atOnce', 'atOnce', 'quick', 'quick', 'moment', 'slow'])
    expect([0, 0.004, 0.99, 1, 3.9, 4, 11, 12, 80].map(changeWord)).toEqual([
      ...['none', 'unseen', 'unseen', 'little', 'little', 'clear', 'clear', 'much', 'much'],
    ])
    expect([0, 0.24, 0.25, 0.59, 0.6, 0.95, 0.97, 1].map(closenessOf)).toEqual([
      ...['free', 'free', 'loose', 'loose', 'close', 'close', 'exact', 'exact'],
    ])
  })
})
