/** Figures of the face in words that need no explanation; the figures themselves stand behind an info button. */

import type { Backend } from '../../../shared/backends'

/** What computes: nobody needs to know the names of the ways to it. */
export const MACHINES = ['graphics', 'processor', 'slowProcessor'] as const
export type Machine = (typeof MACHINES)[number]

export function machineOf(backend: Backend): Machine {
  if (backend === 'webgpu' || backend === 'webgl') return 'graphics'
  return backend === 'wasm' ? 'processor' : 'slowProcessor'
}

export const PACES = ['atOnce', 'quick', 'moment', 'slow'] as const
export type Pace = (typeof PACES)[number]

/** A tenth of a second feels immediate, a second does not break a thought (Miller 1968, Card et al. 1991). */
export function paceOf(elapsedMs: number): Pace {
  if (elapsedMs <= 150) return 'atOnce'
  if (elapsedMs <= 1000) return 'quick'
  return elapsedMs <= 4000 ? 'moment' : 'slow'
}

export const CHANGES = ['none', 'unseen', 'little', 'clear', 'much'] as const
export type ChangeWord = (typeof CHANGES)[number]

/** @param mean absolute difference, in 1/255: below one grey level nobody sees it */
export function changeWord(mean: number): ChangeWord {
  if (mean === 0) return 'none'
  if (mean < 1) return 'unseen'
  if (mean < 4) return 'little'
  return mean < 12 ? 'clear' : 'much'
}

export const CLOSENESSES = ['free', 'loose', 'close', 'exact'] as const
export type Closeness = (typeof CLOSENESSES)[number]

/** @param faithfulness 0–1, as the slider has it */
export function closenessOf(faithfulness: number): Closeness {
  if (faithfulness < 0.25) return 'free'
  if (faithfulness < 0.6) return 'loose'
  return faithfulness < 0.97 ? 'close' : 'exact'
}
