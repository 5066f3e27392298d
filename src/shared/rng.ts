/** Seeded random numbers, the same in every engine, for tests and repeatable experiments. */

/** Uniform in [0, 1). Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2³². */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** One seed out of several whole numbers, so that neighbours (a run's steps, say) have nothing in common. */
export function seedOf(...numbers: readonly number[]): number {
  return (
    numbers.reduce((seed, n) => {
      const mixed = Math.imul(seed ^ n, 0x85ebca6b)
      return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ (mixed >>> 16)
    }, 0x9e3779b1) >>> 0
  )
}
