/**
 * The history of generated pictures (Shrivastava et al. 2017, as CycleGAN has it): what a discriminator is shown in place of a fresh picture, and the pool after it. While
 * there is room the fresh one is kept and shown; then, every other time, it is shown and forgotten, else it takes the place of a random older one, which is shown.
 * Twin: `pipeline/cycle_losses.py`.
 */

export interface Exchange<P> {
  readonly shown: P
  readonly pool: readonly P[]
}

/** @param random a number in [0, 1), a new one for every call */
export function exchanged<P>(pool: readonly P[], fresh: P, capacity: number, random: () => number): Exchange<P> {
  if (pool.length < capacity) return { shown: fresh, pool: [...pool, fresh] }
  if (random() < 0.5) return { shown: fresh, pool }
  const place = Math.floor(random() * capacity)
  return { shown: pool[place] as P, pool: pool.with(place, fresh) }
}
